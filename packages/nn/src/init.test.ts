import { Variable, variable } from "@adjoint/autograd";
import { defaultGenerator, Generator, manualSeed, type Tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf } from "../test/expect-close.ts";
import {
  calculateGain,
  constant,
  kaimingNormal,
  kaimingUniform,
  normal,
  uniform,
  xavierNormal,
  xavierUniform,
} from "./init.ts";
import { Parameter } from "./parameter.ts";

const blank = (...shape: number[]): Tensor => zeros(shape, { dtype: "float64" }) as Tensor;
const seeded = (): { generator: Generator } => ({ generator: new Generator(5) });

function momentsOf(x: Tensor): { mean: number; std: number; largest: number } {
  const values = [...x.toTypedArray()];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance), largest: Math.max(...values.map(Math.abs)) };
}

// 100 × 400: the mean of 40,000 numbers of deviation σ strays by σ/200, their deviation by less than σ/200. The
// allowances below are 4 times that.
const [out, width] = [100, 400];

describe("the spread of starting weights [100, 400]", () => {
  const uniforms: Record<string, [(x: Tensor) => Tensor, number]> = {
    "uniform: the interval given": [(x) => uniform(x, { low: -3, high: 3, ...seeded() }), 3],
    "xavierUniform: √(6 / 500)": [(x) => xavierUniform(x, seeded()), Math.sqrt(6 / 500)],
    "xavierUniform with gain 2: 2·√(6 / 500)": [
      (x) => xavierUniform(x, { gain: 2, ...seeded() }),
      2 * Math.sqrt(6 / 500),
    ],
    "kaimingUniform: √2·√(3 / 400)": [(x) => kaimingUniform(x, seeded()), Math.sqrt(6 / 400)],
    "kaimingUniform with a = √5: 1 / √400": [
      (x) => kaimingUniform(x, { a: Math.sqrt(5), ...seeded() }),
      1 / 20,
    ],
    "kaimingUniform by fanOut: √2·√(3 / 100)": [
      (x) => kaimingUniform(x, { mode: "fanOut", ...seeded() }),
      Math.sqrt(6 / 100),
    ],
    "kaimingUniform before tanh: 5/3·√(3 / 400)": [
      (x) => kaimingUniform(x, { nonlinearity: "tanh", ...seeded() }),
      (5 / 3) * Math.sqrt(3 / 400),
    ],
  };
  it.each(Object.entries(uniforms))("%s", (_, [fill, bound]) => {
    const { mean, std, largest } = momentsOf(fill(blank(out, width)));
    const sigma = bound / Math.sqrt(3);
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.99 * bound);
    expect(Math.abs(mean)).toBeLessThan(sigma / 50);
    expect(Math.abs(std - sigma)).toBeLessThan(sigma / 50);
  });

  const normals: Record<string, [(x: Tensor) => Tensor, number, number]> = {
    "normal: mean and std given": [(x) => normal(x, { mean: 2, std: 0.5, ...seeded() }), 2, 0.5],
    "xavierNormal: √(2 / 500)": [(x) => xavierNormal(x, seeded()), 0, Math.sqrt(2 / 500)],
    "kaimingNormal: √(2 / 400)": [(x) => kaimingNormal(x, seeded()), 0, Math.sqrt(2 / 400)],
    "kaimingNormal before relu by fanOut: √(2 / 100)": [
      (x) => kaimingNormal(x, { nonlinearity: "relu", mode: "fanOut", ...seeded() }),
      0,
      Math.sqrt(2 / 100),
    ],
  };
  it.each(Object.entries(normals))("%s", (_, [fill, center, sigma]) => {
    const { mean, std } = momentsOf(fill(blank(out, width)));
    expect(Math.abs(mean - center)).toBeLessThan(sigma / 50);
    expect(Math.abs(std - sigma)).toBeLessThan(sigma / 50);
  });

  it("counts the positions of a kernel [out, in, 3, 3] to both fans", () => {
    const { largest } = momentsOf(kaimingUniform(blank(8, 16, 3, 3), { a: Math.sqrt(5), ...seeded() }));
    expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(16 * 9));
    expect(largest).toBeGreaterThan(0.99 / Math.sqrt(16 * 9));
  });
});

describe("calculateGain", () => {
  it.each([
    ["linear", undefined, 1],
    ["sigmoid", undefined, 1],
    ["tanh", undefined, 5 / 3],
    ["relu", undefined, Math.SQRT2],
    ["leakyRelu", undefined, Math.sqrt(2 / 1.0001)],
    ["leakyRelu", 1, 1],
    ["selu", undefined, 0.75],
  ] as const)("%s with slope %s: %s", (nonlinearity, slope, gain) => {
    expect(calculateGain(nonlinearity, slope)).toBeCloseTo(gain, 15);
  });
});

describe("an initialisation", () => {
  it("writes in place, off the tape, and gives its target back", () => {
    const weight = new Parameter(blank(2, 2));
    const { storage } = weight.value;
    expect(xavierUniform(weight, seeded())).toBe(weight);
    expect(weight.value.storage).toBe(storage);
    expect(storage.writer).toBe("xavierUniform");
    expect(weight.isLeaf && weight.requiresGrad).toBe(true);
    expect(weight.toArray()).not.toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("takes Variables and Tensors, and views of them", () => {
    const x = variable([
      [1, 2],
      [3, 4],
    ]);
    constant(x.value.slice(0), 7);
    expect(constant(new Variable(x.value.slice(1)), 0).toArray()).toEqual([0, 0]);
    expect(x.toArray()).toEqual([
      [7, 7],
      [0, 0],
    ]);
  });

  it("draws from the generator given, else from the default one", () => {
    const [a, b] = [normal(blank(3), seeded()), normal(blank(3), seeded())];
    expect(a.toArray()).toEqual(b.toArray());
    manualSeed(3);
    const c = uniform(blank(3));
    const drawn = defaultGenerator().state.toArray();
    manualSeed(3);
    expect(uniform(blank(3)).toArray()).toEqual(c.toArray());
    expect(defaultGenerator().state.toArray()).toEqual(drawn);
  });

  it("keeps the target's dtype", () => {
    const x = zeros([2, 2]);
    expect(kaimingNormal(x, seeded()).dtype).toBe("float32");
  });

  it("leaves empty weights empty", () => {
    for (const fill of [kaimingUniform, kaimingNormal, xavierUniform, xavierNormal]) {
      expect(fill(blank(0, 3)).shape).toEqual([0, 3]);
      expect(fill(blank(3, 0)).shape).toEqual([3, 0]);
      expect(fill(blank(0, 0)).shape).toEqual([0, 0]);
    }
  });
});

describe("an initialisation refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "a bias, where fans are needed": [
      () => kaimingUniform(blank(3)),
      "[kaimingUniform] target is [3], and fans are counted on a weight [out, in, …]. Give a weight of at least two axes; for a bias use uniform, normal or constant.",
    ],
    "an unknown mode": [
      () => kaimingNormal(blank(2, 2), { mode: "fan_in" as never }),
      '[kaimingNormal] mode is "fan_in". Give fanIn or fanOut.',
    ],
    "an unknown activation": [
      () => calculateGain("gelu" as never),
      '[calculateGain] nonlinearity is "gelu". Known: linear, sigmoid, tanh, relu, leakyRelu, selu.',
    ],
    "a negative gain": [
      () => xavierNormal(blank(2, 2), { gain: -1 }),
      "[xavierNormal] gain is -1. Give a finite number of at least 0; calculateGain knows those of the activations.",
    ],
    "whole numbers": [
      () => normal(zeros([2], { dtype: "int32" }) as Tensor),
      "[normal] target is int32. Random weights are floating-point; make the target with dtype float32 or float64.",
    ],
    "an interval that is turned round": [
      () => uniform(blank(2), { low: 1, high: 0 }),
      "[uniform] low is 1, high is 0. Give finite bounds, low not above high.",
    ],
    "an unknown option": [
      () => xavierUniform(blank(2, 2), { gian: 1 } as never),
      '[xavierUniform] unknown option "gian". Known options: gain, generator.',
    ],
    "a slope of NaN": [
      () => kaimingUniform(blank(2, 2), { a: Number.NaN }),
      "[calculateGain] slope is NaN. Give a finite number.",
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
