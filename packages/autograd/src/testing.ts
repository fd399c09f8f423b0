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
 * Compares the gradient of `f` at `inputs` with central differences, entry by entry; and checks that a second backward
 * pass, and one for each input alone (the others constant), give the same to the last bit: a rule that reads what it
 * does not name in `saves` shows there.
 *
 * @param inputs float64 tensors; all of them are differentiated. One that f does not depend on has gradient 0.
 * @throws {GradcheckError} naming the input, the index, both values and their gap.
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
    const actual = analytic[position] ?? new Float64Array();
    const compare = (
      what: Disagreement,
      other: TypedArray,
      agree: (a: number, b: number) => boolean,
    ): void => {
      for (let index = 0; index < input.size; index++) {
        const [a, b] = [actual[index] ?? Number.NaN, other[index] ?? Number.NaN];
        if (!agree(a, b)) throw disagreement(what, position, input, index, a, b);
      }
    };
    compare(runsDiffer, again[position] ?? actual, Object.is);
    compare(aloneDiffers, gradientAlone(f, inputs, cotangents, position), Object.is);
    const expected = centralDifferences(f, inputs, cotangents, position, eps);
    compare(gradientWrong, expected, (a, b) => Math.abs(a - b) <= atol + rtol * Math.abs(b));
  }
}

/** (⟨u, f(x + ε)⟩ − ⟨u, f(x − ε)⟩) / 2ε for each entry of input `position`. */
function centralDifferences(
  f: Differentiable,
  inputs: readonly Tensor[],
  cotangents: readonly Tensor[],
  position: number,
  eps: number,
): TypedArray {
  const at = (index: number, step: number): number => {
    const xs = inputs.map((x, i) => new Variable(i === position ? shifted(x, index, step) : x));
    return weightedSum(f, xs, cotangents).item();
  };
  const size = inputs[position]?.size ?? 0;
  return Float64Array.from({ length: size }, (_, index) => (at(index, eps) - at(index, -eps)) / (2 * eps));
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

/** The gradient of input `position` where no other input requires grad. */
function gradientAlone(
  f: Differentiable,
  inputs: readonly Tensor[],
  us: readonly Tensor[],
  position: number,
): TypedArray {
  const xs = inputs.map((x, i) => new Variable(x, { requiresGrad: i === position }));
  const [g] = derivative(weightedSum(f, xs, us), xs.slice(position, position + 1), false);
  return tensorOf(g as Value).toTypedArray();
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

/** What two gradients disagree about, what the two are called, and where to look. */
interface Disagreement {
  readonly what: string;
  readonly first: string;
  readonly second: string;
  readonly remedy: string;
}

const gradientWrong: Disagreement = {
  what: "the gradient disagrees with finite differences",
  first: "backward gave",
  second: "expected",
  remedy: "Look at the VJP of the ops in between; at a kink finite differences mean nothing.",
};
const runsDiffer: Disagreement = {
  what: "two runs give different gradients",
  first: "first",
  second: "then",
  remedy: "Look for randomness, or for state that f or a rule changes.",
};
const aloneDiffers: Disagreement = {
  what: "the gradient is another where no other input requires grad",
  first: "together",
  second: "alone",
  remedy: "Look for a rule that depends on which inputs are tracked.",
};

function disagreement(
  { what, first, second, remedy }: Disagreement,
  position: number,
  x: Tensor,
  index: number,
  a: number,
  b: number,
): Error {
  const place = `input ${position} of shape ${formatShape(x.shape)} at [${unravel(index, x.shape).join(", ")}]`;
  const values = `${first} ${a}, ${second} ${b}, gap ${Math.abs(a - b)}`;
  return new GradcheckError("gradcheck", `${what}: ${place}: ${values}.`, remedy);
}

function unravel(index: number, shape: readonly number[]): number[] {
  let rest = index;
  return contiguousStrides(shape).map((stride) => {
    const at = Math.floor(rest / stride);
    rest -= at * stride;
    return at;
  });
}
