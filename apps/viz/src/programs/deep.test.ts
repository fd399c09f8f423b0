import { describe, expect, it } from "vitest";
import { deepActivations, deepProgram } from "./deep.ts";
import { recordStep } from "./program.ts";

const small = { depth: 3, width: 4, activation: "tanh", gain: 1, seed: 0 } as const;

describe("deepProgram", () => {
  it.each(deepActivations)("has as many hidden layers of %s as it is told", (activation) => {
    const trace = recordStep(deepProgram({ ...small, activation }), 0, {});
    expect(trace.nodes.filter(({ op }) => op === activation)).toHaveLength(3);
    const weights = trace.nodes.filter(({ name }) => name?.endsWith(".weight"));
    expect(weights.map(({ shape }) => shape)).toEqual([
      [4, 2],
      [4, 4],
      [4, 4],
      [1, 4],
    ]);
    expect(trace.nodes.every(({ dtype }) => dtype === "float64")).toBe(true);
  });

  it("draws the weights with the gain", () => {
    const [one, three] = [1, 3].map((gain) => {
      const trace = recordStep(deepProgram({ ...small, width: 64, gain }), 0, {});
      return trace.nodes.find(({ name }) => name === "2.weight")?.value?.statistics?.norm ?? Number.NaN;
    });
    // ‖W‖ of 64 × 64 entries of spread 1/8 is 8 on average.
    expect(one).toBeGreaterThan(7.5);
    expect(one).toBeLessThan(8.5);
    expect((three ?? 0) / (one ?? 1)).toBeCloseTo(3, 12);
  });

  it("is the same for the same seed, and trains", () => {
    const loss = (steps: number): number | bigint | undefined => {
      const trace = recordStep(deepProgram(small), steps, {});
      return trace.nodes.at(-1)?.value?.data?.[0];
    };
    expect(loss(0)).toBe(loss(0));
    expect(Number(loss(50))).toBeLessThan(Number(loss(0)));
  });

  it.each([
    [{ depth: 0 }, "[deepProgram] depth is 0. Give a whole number from 1 to 100."],
    [{ depth: 2.5 }, "[deepProgram] depth is 2.5. Give a whole number from 1 to 100."],
    [{ width: 65 }, "[deepProgram] width is 65. Give a whole number from 1 to 64."],
    [{ gain: Number.NaN }, "[deepProgram] gain is NaN. Give a number from 0 to 100."],
  ])("refuses %j", (wrong, message) => {
    expect(() => deepProgram({ ...small, ...wrong })).toThrow(message);
  });

  it("refuses an activation that it does not know", () => {
    const wrong = JSON.parse('{ "activation": "constructor" }');
    expect(() => deepProgram({ ...small, ...wrong })).toThrow(
      '[deepProgram] activation is "constructor". Choose one of sigmoid, tanh, relu.',
    );
  });
});
