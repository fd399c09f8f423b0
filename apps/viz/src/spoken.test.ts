import { describe, expect, it } from "vitest";
import { framesOf, stateAfter } from "./backward-states.ts";
import { noMarks } from "./marks.ts";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { spokenCount, spokenNode, spokenTrace } from "./spoken.ts";

const trace = recordStep(expressionProgram("a = 3; b = a*a; b + a"), 0, {});
const [pass] = trace.passes;
const frames = pass === undefined ? null : framesOf(trace, pass);

/** What is said of the node whose op or name it is, after so many presses. */
function said(name: string, presses: number): string {
  const node = trace.nodes.find((each) => each.name === name || each.op === name);
  if (node === undefined || frames === null) return "";
  return spokenNode(node, stateAfter(frames, presses), noMarks);
}

describe("what is said", () => {
  it("tells a node's value and how far its gradient has come", () => {
    expect(said("a", 0)).toBe("a, scalar; value 3; no gradient yet.");
    expect(said("a", 1)).toBe("a, scalar; value 3; gradient so far 1.");
    expect(said("a", 2)).toBe("a, scalar; value 3; gradient 7.");
  });

  it("tells marks in their words", () => {
    const [node] = trace.nodes;
    if (node === undefined) throw new Error("the trace is empty");
    const nodes = new Map([[node.id, [{ kind: "culprit", label: "first NaN" } as const]]]);
    const state = stateAfter(
      { pass: { createGraph: false, seeds: [], steps: [] }, first: [], frames: [] },
      0,
    );
    expect(spokenNode(node, state, { nodes, taintedEdges: new Set() })).toContain("; first NaN.");
  });

  it("counts", () => {
    expect(spokenTrace(trace, 2)).toBe("A trace of 3 nodes, 2 steps of the backward pass.");
    expect([0, 1, 2].map(spokenCount)).toEqual(["No node found.", "1 node found.", "2 nodes found."]);
  });
});
