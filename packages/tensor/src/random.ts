/** Random tensors from the default generator, or from one that is given. */
import type { FloatDType } from "./dtype.ts";
import { checkOptions } from "./errors.ts";
import { Generator, type NormalOptions, type UniformOptions } from "./generator.ts";
import type { Mutable, Shape } from "./shape-types.ts";
import type { Tensor } from "./tensor.ts";

/** Settings that every random function of the package takes. */
export interface RandomSource {
  /** Whose stream the numbers come from. Default: the generator of `defaultGenerator`. */
  readonly generator?: Generator;
}

let shared: Generator | null = null;

/** The generator used where none is given; made with seed 0 on first use, so that a program repeats by itself. */
export function defaultGenerator(): Generator {
  shared ??= new Generator(0);
  return shared;
}

/** Starts the default generator anew from `seed`. @throws {ArgumentError} if seed is not a whole number from 0 to 2⁵³ − 1. */
export function manualSeed(seed: number): Generator {
  const generator = defaultGenerator();
  generator.seed = seed;
  return generator;
}

/** See Generator.uniform. @example randomUniform([2, 3], { low: -1, generator: new Generator(7) }) */
export function randomUniform<const S extends Shape, D extends FloatDType = "float32">(
  shape: S,
  options: UniformOptions<D> & RandomSource = {},
): Tensor<Mutable<S>, D> {
  const { generator = defaultGenerator(), ...rest } = options;
  return generator.uniform(shape, rest);
}

/** See Generator.normal. @example randomNormal([3, 4], { std: 0.02 }) */
export function randomNormal<const S extends Shape, D extends FloatDType = "float32">(
  shape: S,
  options: NormalOptions<D> & RandomSource = {},
): Tensor<Mutable<S>, D> {
  const { generator = defaultGenerator(), ...rest } = options;
  return generator.normal(shape, rest);
}

/** See Generator.integers. @example randomIntegers(0, 10, [5]) // five digits */
export function randomIntegers<const S extends Shape>(
  low: number,
  high: number,
  shape: S,
  options: RandomSource = {},
): Tensor<Mutable<S>, "int32"> {
  return sourceOf("randomIntegers", options).integers(low, high, shape);
}

/** See Generator.permutation. */
export function randomPermutation(n: number, options: RandomSource = {}): Tensor<[number], "int32"> {
  return sourceOf("randomPermutation", options).permutation(n);
}

/** See Generator.bernoulli. @example bernoulli(0.5, [10]) // ten coins */
export function bernoulli<const S extends Shape>(
  p: number,
  shape: S,
  options: RandomSource = {},
): Tensor<Mutable<S>, "bool"> {
  return sourceOf("bernoulli", options).bernoulli(p, shape);
}

function sourceOf(op: string, options: RandomSource): Generator {
  checkOptions(op, options, ["generator"]);
  return options.generator ?? defaultGenerator();
}
