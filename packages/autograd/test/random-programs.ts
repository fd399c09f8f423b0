/** Random differentiable programs over values of shape [2, 3], for laws that hold for every function. */
import { type Tensor, tensor } from "@adjoint/tensor";
import fc from "fast-check";
import {
  add,
  concat,
  div,
  exp,
  expand,
  flip,
  gather,
  linear,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  mean,
  mul,
  permute,
  pow,
  reshape,
  sigmoid,
  slice,
  softmax,
  stack,
  sub,
  sum,
  tanh,
  transpose,
  type Value,
  where,
} from "../src/index.ts";

/** One step: an op of two earlier values. */
type Step = readonly [op: string, first: number, second: number];

const index = tensor(
  [
    [2, 0, 1],
    [1, 1, 0],
  ],
  { dtype: "int32" },
) as Tensor;

/** From two values of shape [2, 3] to one, smooth and of moderate size. Those of one value leave the second out. */
const operations: Record<string, (a: Value, b: Value) => Value> = {
  add: (a, b) => add(a, b),
  sub: (a, b) => sub(a, b),
  mul: (a, b) => mul(a, b),
  div: (a, b) => div(a, add(mul(b, b), 1)),
  pow: (a, b) => pow(add(sigmoid(a), 0.5), b),
  exp: (a) => exp(tanh(a)),
  sigmoid: (a) => sigmoid(a),
  maximum: (a, b) => maximum(a, b),
  where: (a, b) => where(tensor([[true], [false]]), a, b),
  softmax: (a) => softmax(a, 0),
  logSoftmax: (a) => logSoftmax(a),
  logSumExp: (a, b) => add(a, logSumExp(b as Value<[2, 3]>, 1, { keepDims: true })),
  sum: (a, b) => mul(a, sum(b as Value<[2, 3]>, 0)),
  mean: (a, b) => sub(a, mean(b as Value<[2, 3]>)),
  max: (a, b) => add(a, max(b as Value<[2, 3]>, 1, { keepDims: true })),
  permute: (a) => reshape(permute(a, [1, 0]), [2, 3]),
  flip: (a) => flip(a, 1),
  slice: (a, b) => concat([slice(a, null, { start: 1 }), slice(b, null, { stop: 1 })], 1) as Value,
  expand: (a, b) => add(expand(slice(a, { start: 1 }), [2, 3]), b),
  gather: (a) => gather(a, index, 1),
  stack: (a, b) => slice(stack([a, b], 1) as Value, null, 1),
  matmul: (a, b) => matmul(a, matmul(transpose(b), tanh(a)) as Value) as Value,
  linear: (a, b) => tanh(linear(a, linear(transpose(b), transpose(a))) as Value),
};

/** A program of up to `length` steps, as text for counterexamples, and as a function of two values. */
export interface Program {
  readonly steps: readonly Step[];
  run(x: Value, w: Value): Value;
}

/** Arbitrary programs. The result depends on both inputs. */
export function anyProgram(length = 6): fc.Arbitrary<Program> {
  const step = fc.tuple(fc.constantFrom(...Object.keys(operations)), fc.nat(99), fc.nat(99));
  return fc.array(step, { minLength: 1, maxLength: length }).map((steps) => ({
    steps,
    run(x, w) {
      const values: Value[] = [x, w, mul(x, w)];
      for (const [name, first, second] of steps) {
        const [a, b] = [values[values.length - 1 - (first % 2)], values[second % values.length]];
        // tanh keeps what is squared over and over in bounds.
        values.push(tanh((operations[name] as (a: Value, b: Value) => Value)(a as Value, b as Value)));
      }
      return add(values.at(-1) as Value, mul(values[2] as Value, 0.5));
    },
  }));
}

/** Arbitrary float64 tensors of a shape, between −1 and 1 in steps of 1/64, no two elements equal. */
export function anyTensor(shape: readonly number[]): fc.Arbitrary<Tensor> {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return fc.uniqueArray(fc.integer({ min: -64, max: 64 }), { minLength: size, maxLength: size }).map(
    (numbers) =>
      tensor(
        Float64Array.from(numbers, (n) => (n + 0.37) / 64),
        { shape },
      ) as Tensor,
  );
}
