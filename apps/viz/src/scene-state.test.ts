import { layout } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { edgeKey, framesOf, stateAfter } from "./backward-states.ts";
import { layoutInput, placesOf, questionOf } from "./graph-layout.ts";
import { noMarks } from "./marks.ts";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { cardStates, contributionText, flowsOf, lineStates } from "./scene-state.ts";
import { visibleGraph } from "./visible-graph.ts";

const trace = recordStep(expressionProgram("a = 2; b = -3; tanh(a*b) * 1000"), 0, {});
const [pass = { createGraph: false, seeds: [], steps: [] }] = trace.passes;
const frames = framesOf(trace, pass);
const graph = visibleGraph(trace, new Set());
const question = questionOf(graph, null);
const scene: Scene = sceneOf(graph, placesOf(question, layout(layoutInput(question))));
const moment = (presses: number) => ({
  state: stateAfter(frames, presses),
  step: frames.frames[presses - 1]?.step ?? null,
  selected: null,
  marks: noMarks,
});
const position = (op: string): number => graph.nodes.findIndex(({ node }) => node.op === op);

describe("the states of cards and lines", () => {
  it("are one object for all that nothing is to be said of", () => {
    const states = cardStates(scene, moment(0));
    const quiet = states.filter(({ stage }) => stage === "none");
    expect(quiet.length).toBeGreaterThan(2);
    expect(new Set(quiet).size).toBe(1);
  });

  it("tell the latest step, where its contributions went, and what is complete", () => {
    const states = cardStates(scene, moment(2));
    expect(states[position("tanh")]).toMatchObject({ current: true, target: false, stage: "complete" });
    const product = graph.nodes.findIndex(({ node }) => node.op === "mul" && node.value?.data?.[0] === -6);
    expect(states[product]).toMatchObject({ current: false, target: true, stage: "partial" });
  });

  it("show a line as thick as the contribution is large, over six decades", () => {
    const flows = flowsOf(pass);
    expect(flows.largest).toBe(1000);
    const lines = lineStates(scene, moment(99), flows);
    for (const [i, { keys }] of scene.lines.entries()) {
      const sizes = keys.map((key) => Math.abs(flows.byEdge.get(key)?.data?.[0] ?? 0));
      const expected = Math.max(0, 1 + Math.log10(Math.max(...sizes) / 1000) / 6);
      expect(lines[i]?.strength).toBeCloseTo(expected, 12);
    }
    expect(new Set(lines.map(({ strength }) => strength)).size).toBeGreaterThan(2);
  });

  it("put the latest contributions at their lines, and taint at its own", () => {
    const at = moment(1);
    const key = edgeKey(at.step?.node ?? -1, 0);
    const lines = lineStates(
      scene,
      { ...at, marks: { nodes: new Map(), taintedEdges: new Set([key]) } },
      flowsOf(pass),
    );
    const [latest, ...others] = scene.lines.flatMap(({ keys }, i) => (keys.includes(key) ? [i] : []));
    expect(others).toEqual([]);
    expect(lines.map(({ stage }) => stage === "now")).toEqual(scene.lines.map((_, i) => i === latest));
    expect(lines.map(({ tainted }) => tainted)).toEqual(scene.lines.map((_, i) => i === latest));
    expect(lines[latest ?? -1]?.contributions.map(contributionText)).toEqual(["1000"]);
  });

  it("tell the lines of the chosen card", () => {
    const i = position("tanh");
    const lines = lineStates(
      scene,
      { ...moment(0), selected: graph.nodes[i]?.node.id ?? null },
      flowsOf(pass),
    );
    expect(lines.map(({ near }) => near)).toEqual(scene.lines.map(({ from, to }) => from === i || to === i));
    expect(lines.filter(({ near }) => near)).toHaveLength(2);
  });
});
