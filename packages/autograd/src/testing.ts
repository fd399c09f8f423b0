/**
 * Checking gradients against finite differences.
 *
 * For a random cotangent u the scalar ⟨u, f(x)⟩ is differentiated twice: once by the tape, once, entry by entry of x,
 * by central differences (f(x + ε) − f(x − ε)) / 2ε, whose error is O(ε²) + O(machine epsilon / ε).
 * Tolerances and step are PyTorch's (torch.autograd.gradcheck): eps 1e-6, atol 1e-5, rtol 1e-3, in float64.
 */
import {
  ArgumentError,
  checkOptions,
  contiguousStrides,
  formatShape,
  fromTypedArray,
  full,
  Generator,
  type Tensor,
  type TypedArray,
} from "@adjoint/tensor";
import { tensorOf } from "./apply.ts";
import { grad } from "./backward.ts";
import { GradcheckError } from "./errors.ts";
import { add } from "./ops/add.ts";
import { mul } from "./ops/mul.ts";
import { sum } from "./ops/sum.ts";
import { type Value, Variable } from "./variable.ts";

export { GradcheckError } from "./errors.ts";

/** Settings of `gradcheck` and `gradgradcheck`. */
export interface GradcheckOptions {
  /** Step of the central difference. Default 1e-6. */
  readonly eps?: number;
  /** Absolute tolerance. Default 1e-5. */
  readonly atol?: number;
  /** Relative tolerance. Default 1e-3. */
  readonly rtol?: number;
  /** Seed of the random cotangents. Default 0. */
  readonly seed?: number;
}

/** A function whose gradient is checked. */
export type Differentiable = (...inputs: Variable[]) => Value | readonly Value[];

const optionNames = ["eps", "atol", "rtol", "seed"];

/**
 * Compares the gradient of `f` at `inputs` with central differences, and checks that two backward passes agree to the
 * last bit.
 *
 * @param inputs float64 tensors; all of them are differentiated.
 * @throws {GradcheckError} naming the input, the index, both values and their gap; or that f does not depend on an
 * input; or that two runs differ.
 * @throws {ArgumentError} if an input is not float64.
 * @example gradcheck((x) => mul(x, x), [tensor([1, 2], { dtype: "float64" })])
 */
export function gradcheck(
  f: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): void {
  checkOptions("gradcheck", options, optionNames);
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3, seed = 0 } = options;
  checkInputs("gradcheck", inputs);
  const cotangents = randomCotangents(f, inputs, seed);
  const analytic = gradients(f, inputs, cotangents);
  const again = gradients(f, inputs, cotangents);
  for (const [position, input] of inputs.entries()) {
    for (let index = 0; index < input.size; index++) {
      const actual = analytic[position]?.[index] ?? Number.NaN;
      const repeated = again[position]?.[index] ?? Number.NaN;
      if (!Object.is(actual, repeated)) {
        throw disagreement("two backward passes differ", position, input, index, actual, repeated);
      }
      const at = (step: number): number => {
        const moved = inputs.map((other, i) => (i === position ? shifted(other, index, step) : other));
        return weightedSum(
          f,
          moved.map((x) => new Variable(x)),
          cotangents,
        ).item();
      };
      const expected = (at(eps) - at(-eps)) / (2 * eps);
      if (!(Math.abs(actual - expected) <= atol + rtol * Math.abs(expected))) {
        throw disagreement(
          "the gradient disagrees with finite differences",
          position,
          input,
          index,
          actual,
          expected,
        );
      }
    }
  }
}

/**
 * The same for second derivatives: `gradcheck` of ∂⟨u, f(x)⟩/∂x as a function of x and of u.
 *
 * @throws as `gradcheck`.
 */
export function gradgradcheck(
  f: Differentiable,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): void {
  checkOptions("gradgradcheck", options, optionNames);
  checkInputs("gradgradcheck", inputs);
  const cotangents = randomCotangents(f, inputs, (options.seed ?? 0) + 1);
  const firstOrder = (...all: Variable[]): Value[] => {
    const xs = all
      .slice(0, inputs.length)
      .map((x) => (x.requiresGrad ? x : new Variable(x.value, { requiresGrad: true })));
    const us = all.slice(inputs.length);
    return derivative(weightedSum(f, xs, us), xs, true);
  };
  gradcheck(firstOrder, [...inputs, ...cotangents], options);
}

/** Σᵢ ⟨uᵢ, fᵢ(x)⟩ over f's outputs. */
function weightedSum(f: Differentiable, xs: readonly Variable[], us: readonly Value[]): Value {
  const terms = outputs(f, xs).map((y, i) => sum(mul(y, us[i] as Value)));
  return terms.reduce((total, term) => add(total, term));
}

function outputs(f: Differentiable, xs: readonly Variable[]): readonly Value[] {
  const result = f(...xs);
  return Array.isArray(result) ? result : [result as Value];
}

/** d(total)/d(xs), with zeros for what total does not depend on. */
function derivative(total: Value, xs: readonly Variable[], createGraph: boolean): Value[] {
  const zeros = (x: Variable): Value => full(x.shape, 0, { dtype: x.dtype });
  if (!(total instanceof Variable) || !total.requiresGrad) return xs.map(zeros);
  return grad(total, xs, { createGraph, allowUnused: true }).map((g, i) => g ?? zeros(xs[i] as Variable));
}

function gradients(f: Differentiable, inputs: readonly Tensor[], us: readonly Tensor[]): TypedArray[] {
  const xs = inputs.map((x) => new Variable(x, { requiresGrad: true }));
  return derivative(weightedSum(f, xs, us), xs, false).map((g) => tensorOf(g).toTypedArray());
}

function randomCotangents(f: Differentiable, inputs: readonly Tensor[], seed: number): Tensor[] {
  const generator = new Generator(seed);
  const xs = inputs.map((x) => new Variable(x));
  return outputs(f, xs).map((y) => generator.normal(y.shape, { dtype: "float64" }));
}

/** A copy of x with `step` added to its element `index`. */
function shifted(x: Tensor, index: number, step: number): Tensor {
  const array = x.toTypedArray();
  array[index] = (array[index] as number) + step;
  return fromTypedArray(array, x.shape);
}

function checkInputs(op: string, inputs: readonly Tensor[]): void {
  for (const [position, x] of inputs.entries()) {
    if (x.dtype === "float64") continue;
    const remedy = 'Finite differences need float64; use cast("float64").';
    throw new ArgumentError(op, "inputs", `input ${position} is ${x.dtype}.`, remedy);
  }
}

function disagreement(
  what: string,
  position: number,
  x: Tensor,
  index: number,
  actual: number,
  expected: number,
): Error {
  const place = unravel(index, x.shape);
  return new GradcheckError(
    "gradcheck",
    `${what}: input ${position} of shape ${formatShape(x.shape)} at [${place.join(", ")}]: backward gave ${actual}, expected ${expected}, gap ${Math.abs(actual - expected)}.`,
    "Look at the VJP of the ops in between; at a kink finite differences mean nothing.",
  );
}

function unravel(index: number, shape: readonly number[]): number[] {
  let rest = index;
  return contiguousStrides(shape).map((stride) => {
    const at = Math.floor(rest / stride);
    rest -= at * stride;
    return at;
  });
}
