import { describe, expect, it } from "vitest";
import { recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";
import { foldableScopes, visibleGraph } from "./visible-graph.ts";

describe("visibleGraph", () => {
  const trace = recordStep(xorProgram(0), 0, {});
  const scopes = foldableScopes(trace);

  it("is the whole trace when nothing is folded", () => {
    const { nodes, edges } = visibleGraph(trace, new Set());
    expect(nodes.map(({ node }) => node.id)).toEqual(trace.nodes.map(({ id }) => id));
    const inputs = trace.nodes.flatMap((node) => node.inputs.filter(({ source }) => source !== null));
    expect(edges.flatMap(({ keys }) => keys)).toHaveLength(inputs.length);
  });

  it("can fold the modules that ran ops", () => {
    expect(scopes.map(({ name, kind }) => `${name} ${kind}`)).toEqual(["0 Linear", "1 Tanh", "2 Linear"]);
  });

  it("puts a module's parameters into it, and every edge still goes forward", () => {
    const { nodes, edges } = visibleGraph(trace, new Set(scopes.map(({ id }) => id)));
    const folded = nodes.filter(({ folded }) => folded !== null);
    expect(folded.map(({ members }) => members.map(({ name, op }) => name ?? op))).toEqual([
      ["0.weight", "linear", "0.bias", "add"],
      ["tanh"],
      ["2.weight", "linear", "2.bias", "add"],
    ]);
    for (const { from, to } of edges) expect(from).toBeLessThan(to);
    expect(nodes.flatMap(({ members }) => members)).toHaveLength(trace.nodes.length);
  });
});
