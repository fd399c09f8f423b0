/** Reading and running the cases that `fixtures/make_fixtures.py` wrote: what PyTorch computes for a call of an op. */
import { readFileSync } from "node:fs";
import * as ops from "@adjoint/autograd";
import { add, grad, mul, sum, type Value, Variable } from "@adjoint/autograd";
import { type DType, fromTypedArray, isFloat, type Tensor, tensor } from "@adjoint/tensor";

/** A tensor as the fixtures hold it: float64 where no dtype is named; NaN, infinities and −0 are strings. */
export interface FlatTensor {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
  readonly dtype?: DType;
}

/** A call of our op and what PyTorch gets for it. */
export interface PytorchCase {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly FlatTensor[];
  /** The arguments, `"$0"` for input 0; all inputs in their order where none are named. */
  readonly args?: readonly unknown[];
  /** Compared bit for bit (a fraction to its last digit, 0 and −0 alike), with the cotangent 1. */
  readonly exact?: boolean;
  readonly outputs: readonly FlatTensor[];
  /** Of Σ cᵢ·yᵢ, for each floating-point input; null where it is not used. */
  readonly gradients?: readonly (FlatTensor | null)[];
  /** Of Σ vᵢ·x̄ᵢ. */
  readonly second?: readonly (FlatTensor | null)[];
}

/** Ops of the manifest that PyTorch does not have, and what stands in for the comparison. */
export const notInPytorch: Readonly<Record<string, string>> = {};

/** What we get for a case; a gradient of zeros stands for none. */
export interface Computed {
  readonly outputs: readonly Tensor[];
  readonly gradients: readonly Tensor[];
  readonly second: readonly Tensor[];
}

/** The cases of a file of `fixtures/`. */
export function readCases<T = PytorchCase>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8")) as T[];
}

/** The tensor that a fixture stands for. */
export function toTensor({ shape, data, dtype = "float64" }: FlatTensor): Tensor {
  return tensor(Float64Array.from(data, Number), { shape }).cast(dtype);
}

/** The op by its name in the package, or in `others`. */
export function opNamed(name: string, others: object = {}): (...args: unknown[]) => unknown {
  const found: unknown = { ...ops, ...others }[name as "add"];
  if (typeof found !== "function") throw new TypeError(`There is no op ${name}.`);
  return found as (...args: unknown[]) => unknown;
}

/** Runs a case: outputs, and gradients to the order that the fixture has. */
export function compute(test: PytorchCase, others: object = {}): Computed {
  const inputs = test.inputs.map(toTensor);
  const xs = inputs.map((x) => (isFloat(x.dtype) ? new Variable(x, { requiresGrad: true }) : x));
  const args = test.args === undefined ? xs : (filled(test.args, xs) as unknown[]);
  const outputs = outputsOf(opNamed(test.op, others)(...args));
  const tracked = outputs.filter((y) => y instanceof Variable && y.requiresGrad);
  const leaves = xs.filter((x) => x instanceof Variable);
  const done = { outputs: outputs.map(tensorOf), gradients: [], second: [] };
  if (tracked.length === 0 || test.gradients === undefined) return done;
  const loss = weighted(tracked, test.exact === true ? ones : cotangent);
  const options = { allowUnused: true, createGraph: test.second !== undefined } as const;
  const gradients = grad(loss, leaves, options);
  const onward = gradients.filter((g) => g?.requiresGrad === true) as Variable[];
  const second = onward.length === 0 ? [] : grad(weighted(onward, direction), leaves, { allowUnused: true });
  const numbers = (found: readonly (Variable | null)[]): Tensor[] =>
    leaves.map((x, i) => found[i]?.value ?? x.value.mul(0));
  return { outputs: done.outputs, gradients: numbers(gradients), second: numbers(second) };
}

/** Arguments with inputs and infinities in place of the strings that stand for them. */
function filled(template: unknown, inputs: readonly Value[]): unknown {
  if (Array.isArray(template)) return template.map((each) => filled(each, inputs));
  if (typeof template === "object" && template !== null) {
    return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value, inputs)]));
  }
  if (typeof template !== "string") return template;
  if (template.startsWith("$")) return inputs[Number(template.slice(1))];
  return /Infinity$/.test(template) ? Number(template) : template;
}

/** One value, an array of them, or the values of an object (sort gives values and indices). */
function outputsOf(result: unknown): Value[] {
  if (Array.isArray(result)) return result as Value[];
  const single = result instanceof Variable || "storage" in (result as object);
  return single ? [result as Value] : (Object.values(result as object) as Value[]);
}

function tensorOf(x: Value): Tensor {
  return x instanceof Variable ? x.value : x;
}

/** Σ w·y over all elements of all of `values`. */
function weighted(values: readonly Value[], weights: (x: Tensor) => Tensor): Variable {
  return values.map((y) => sum(mul(y, weights(tensorOf(y))))).reduce((a, b) => add(a, b)) as Variable;
}

/** The numbers that make_fixtures.py calls cotangent and direction: exact in binary, and never 0. */
function cotangent(x: Tensor): Tensor {
  return pattern(x, (i) => (((i * 7) % 11) - 5.5) / 4);
}

function direction(x: Tensor): Tensor {
  return pattern(x, (i) => (((i * 5) % 13) - 6.5) / 4);
}

function ones(x: Tensor): Tensor {
  return pattern(x, () => 1);
}

function pattern(x: Tensor, at: (index: number) => number): Tensor {
  return fromTypedArray(
    Float64Array.from({ length: x.size }, (_, i) => at(i)),
    x.shape,
  ).cast(x.dtype);
}
