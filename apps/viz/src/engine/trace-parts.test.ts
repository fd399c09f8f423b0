import { describe, expect, it } from "vitest";
import { expressionProgram } from "../programs/expression.ts";
import { recordStep } from "../programs/program.ts";
import { xorProgram } from "../programs/xor.ts";
import { GrowingTrace, type TracePart, traceParts } from "./trace-parts.ts";

/** What the worker has after all parts were copied to it. */
function sent(parts: readonly TracePart[]): GrowingTrace {
  const growing = new GrowingTrace();
  for (const part of parts) growing.add(structuredClone(part));
  return growing;
}

describe("traceParts", () => {
  it("puts a large trace together again, with all its passes", () => {
    const text = `a = 2; ${Array.from({ length: 450 }, () => "a*a").join("+")}`;
    const base = recordStep(expressionProgram(text), 0, { program: "expression" });
    const trace = { ...base, passes: [...base.passes, ...base.passes] };
    const parts = [...traceParts(trace)];
    expect(parts.length).toBeGreaterThan(20);
    expect(sent(parts).trace).toEqual(trace);
  });

  it("ends a part after four megabytes of numbers", () => {
    const base = recordStep(xorProgram(0), 0, {});
    const [node] = base.nodes;
    if (node?.value == null) throw new Error("no value");
    const value = { ...node.value, data: new Float64Array(600_000) };
    const nodes = Array.from({ length: 500 }, (_, id) => (id < 3 ? { ...node, id, value } : { ...node, id }));
    const parts = [...traceParts({ ...base, nodes })];
    const lengths = parts.flatMap((part) => (part.kind === "nodes" ? [part.nodes.length] : []));
    expect(lengths).toEqual([1, 1, 1, 100, 100, 100, 100, 97]);
    expect(sent(parts).trace.nodes).toHaveLength(500);
  });

  it("sends a small one whole, in which one tensor stays one", () => {
    const trace = recordStep(xorProgram(0), 0, {});
    const parts = [...traceParts(trace)];
    expect(parts).toHaveLength(1);
    const { passes } = sent(parts).trace;
    const contribution = passes[0]?.steps[0]?.contributions[0];
    expect(contribution?.sum).toBe(contribution?.value);
  });
});
