import { beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { Generator } from "./generator.ts";
import {
  bernoulli,
  defaultGenerator,
  manualSeed,
  randomIntegers,
  randomNormal,
  randomPermutation,
  randomUniform,
} from "./random.ts";
import type { Tensor } from "./tensor.ts";

describe("random functions", () => {
  beforeEach(() => {
    manualSeed(0);
  });

  it("draw from the default generator, which starts from seed 0", () => {
    expect(defaultGenerator().seed).toBe(0);
    expect(randomUniform([3]).toArray()).toEqual(new Generator(0).uniform([3]).toArray());
    expect(randomUniform([3]).toArray()).not.toEqual(new Generator(0).uniform([3]).toArray());
  });

  it("draw from the default generator of the seed that was set", () => {
    expect(manualSeed(77)).toBe(defaultGenerator());
    expect(randomNormal([3]).toArray()).toEqual(new Generator(77).normal([3]).toArray());
  });

  it("draw from a given generator, and then leave the default one alone", () => {
    const before = defaultGenerator().state.toArray();
    const fresh = (): { generator: Generator } => ({ generator: new Generator(5) });
    const other = new Generator(5);
    expect(randomUniform([3], { ...fresh(), low: -1 }).toArray()).toEqual(
      other.uniform([3], { low: -1 }).toArray(),
    );
    other.seed = 5;
    expect(randomNormal([3], { ...fresh(), std: 2 }).toArray()).toEqual(
      other.normal([3], { std: 2 }).toArray(),
    );
    other.seed = 5;
    expect(randomIntegers(0, 9, [3], fresh()).toArray()).toEqual(other.integers(0, 9, [3]).toArray());
    other.seed = 5;
    expect(randomPermutation(9, fresh()).toArray()).toEqual(other.permutation(9).toArray());
    other.seed = 5;
    expect(bernoulli(0.5, [9], fresh()).toArray()).toEqual(other.bernoulli(0.5, [9]).toArray());
    expect(defaultGenerator().state.toArray()).toEqual(before);
  });

  it("know their shapes and dtypes", () => {
    expectTypeOf(randomNormal([3, 4])).toEqualTypeOf<Tensor<[3, 4], "float32">>();
    expectTypeOf(randomUniform([2], { dtype: "float64" })).toEqualTypeOf<Tensor<[2], "float64">>();
    expectTypeOf(randomIntegers(0, 2, [5])).toEqualTypeOf<Tensor<[5], "int32">>();
    expectTypeOf(bernoulli(0.5, [])).toEqualTypeOf<Tensor<[], "bool">>();
    expect(randomUniform([2], { dtype: "float64" }).dtype).toBe("float64");
  });

  it("refuse unknown options", () => {
    expect(() => randomUniform([2], { lo: 2 } as object)).toThrow(
      expect.objectContaining({ message: '[uniform] unknown option "lo". Known options: low, high, dtype.' }),
    );
    expect(() => randomIntegers(0, 2, [2], { seed: 2 } as object)).toThrow(
      expect.objectContaining({
        message: '[randomIntegers] unknown option "seed". Known options: generator.',
      }),
    );
  });
});
