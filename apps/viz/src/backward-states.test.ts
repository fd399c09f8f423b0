import type { TraceTensor } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { edgeKey, framesOf, stateAfter, sumBefore } from "./backward-states.ts";
import { deepProgram } from "./programs/deep.ts";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";

describe("the states of a backward pass", () => {
  // b = a·a; y = b + a: dy/da = 2a + 1 = 7.
  const trace = recordStep(expressionProgram("a = 3; b = a*a; b + a"), 0, {});
  const [pass] = trace.passes;
  if (pass === undefined) throw new Error("no pass was recorded");
  const frames = framesOf(trace, pass);
  const ids = new Map(trace.nodes.map((node) => [node.name ?? node.op, node.id]));
  const at = (presses: number, name: string): readonly [number | undefined, boolean] | null => {
    const partial = stateAfter(frames, presses).adjoints.get(ids.get(name) ?? -1);
    return partial === undefined ? null : [partial.tensor.data?.[0], partial.complete];
  };

  it("has a frame for each op, and the leaf arrives with the last", () => {
    expect(frames.frames.map(({ step }) => step.node)).toEqual([ids.get("add"), ids.get("mul")]);
    expect(frames.frames.map(({ arrivals }) => arrivals.length)).toEqual([0, 1]);
  });

  it("begins with the seed, sums on the way, and is complete at the end", () => {
    expect(["add", "mul", "a"].map((name) => at(0, name))).toEqual([[1, false], null, null]);
    expect(["add", "mul", "a"].map((name) => at(1, name))).toEqual([
      [1, true],
      [1, false],
      [1, false],
    ]);
    expect(["add", "mul", "a"].map((name) => at(2, name))).toEqual([
      [1, true],
      [1, true],
      [7, true],
    ]);
    expect(at(99, "a")).toEqual([7, true]);
  });

  it("knows the running sum before each contribution of a step", () => {
    const step = frames.frames[1]?.step;
    if (step === undefined) throw new Error("no second step");
    const before = stateAfter(frames, 1);
    expect([0, 1].map((position) => sumBefore(before, step, position)?.data?.[0])).toEqual([1, 4]);
    const first = frames.frames[0]?.step;
    expect(first && sumBefore(stateAfter(frames, 0), first, 0)).toBeNull();
  });

  it("is a function of the number of presses alone, however it was come to", () => {
    const told = (presses: number): unknown[] => {
      const { adjoints, flowed } = stateAfter(frames, presses);
      const edges = trace.nodes.flatMap(({ id, inputs }) => inputs.map((_, input) => edgeKey(id, input)));
      return [trace.nodes.map(({ id }) => adjoints.get(id)), edges.filter((edge) => flowed.has(edge))];
    };
    const forth = [0, 1, 2].map(told);
    expect([2, 1, 0].map(told).reverse()).toEqual(forth);
    expect(forth.map(([, flowed]) => (flowed as string[]).length)).toEqual([0, 2, 4]);
  });

  it("says the same as a sweep that sums step by step, at every press of a deep network", () => {
    const deep = recordStep(
      deepProgram({ depth: 12, width: 3, activation: "tanh", gain: 1, seed: 0 }),
      0,
      {},
    );
    const [only] = deep.passes;
    if (only === undefined) throw new Error("no pass was recorded");
    const cut = framesOf(deep, only);
    // What the sweep knows, press for press.
    const known = new Map<number, { tensor: TraceTensor; complete: boolean }>();
    for (const { node, sum } of only.seeds) known.set(node, { tensor: sum, complete: false });
    const check = (presses: number): void => {
      const { adjoints } = stateAfter(cut, presses);
      for (const { id } of deep.nodes) {
        const partial = adjoints.get(id);
        expect(partial?.tensor, `node ${id} after ${presses}`).toBe(known.get(id)?.tensor);
        expect(partial?.complete).toBe(known.get(id)?.complete);
      }
    };
    check(0);
    for (const [i, { step, arrivals }] of cut.frames.entries()) {
      known.set(step.node, { tensor: step.adjoint, complete: true });
      for (const { target, sum } of step.contributions) known.set(target, { tensor: sum, complete: false });
      for (const { node, adjoint } of arrivals) known.set(node, { tensor: adjoint, complete: true });
      check(i + 1);
    }
  });
});
