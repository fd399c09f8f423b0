import { AdjointError, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { expect, expectTypeOf, it } from "vitest";
import {
  argmax,
  chunk,
  concat,
  diagonal,
  dot,
  embedding,
  flatten,
  flip,
  gather,
  gelu,
  hypot,
  indexSelect,
  lerp,
  linear,
  logSoftmax,
  logSumExp,
  maskedFill,
  matmul,
  max,
  mean,
  min,
  movedim,
  outer,
  pad,
  permute,
  repeat,
  repeatInterleave,
  roll,
  scatterAdd,
  slice,
  softmax,
  split,
  squeeze,
  stack,
  tile,
  trace,
  transpose,
  tril,
  unslice,
  unsqueeze,
  type Value,
  Variable,
} from "../src/index.ts";

const x = new Variable(zeros([2, 3]));
const index = zeros([2, 1], { dtype: "int32" });

it("the compiler knows the shapes of movements", () => {
  expectTypeOf(permute(x, [1, 0])).toEqualTypeOf<Variable<[3, 2]>>();
  expectTypeOf(transpose(x)).toEqualTypeOf<Variable<[3, 2]>>();
  expectTypeOf(unsqueeze(x, 0)).toEqualTypeOf<Variable<[1, 2, 3]>>();
  expectTypeOf(squeeze(unsqueeze(x, 0))).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(flip(x, 0)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(slice(x, 0)).toEqualTypeOf<Variable>();
  expectTypeOf(unslice(slice(x, 0), [2, 3], [0])).toEqualTypeOf<Variable<[2, 3]>>();
});

it("the compiler knows the shapes of reductions and products", () => {
  expectTypeOf(mean(x)).toEqualTypeOf<Variable<[]>>();
  expectTypeOf(max(x, 0)).toEqualTypeOf<Variable<[3]>>();
  expectTypeOf(min(x, [1], { keepDims: true })).toEqualTypeOf<Variable<[2, 1]>>();
  expectTypeOf(argmax(x, 1)).toEqualTypeOf<Variable<[2]>>();
  expectTypeOf(logSumExp(x, -1)).toEqualTypeOf<Variable<[2]>>();
  expectTypeOf(softmax(x)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(logSoftmax(x, 0)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(matmul(x, zeros([3, 4]))).toEqualTypeOf<Variable<[2, 4]>>();
  expectTypeOf(matmul(zeros([2, 3]), zeros([3]))).toEqualTypeOf<Tensor<[2]>>();
});

it("the compiler knows the shapes of what is joined and read at indices", () => {
  expectTypeOf(concat([x, zeros([4, 3])])).toEqualTypeOf<Variable<[6, 3]>>();
  expectTypeOf(concat([zeros([2]), zeros([3])])).toEqualTypeOf<Tensor<[5]>>();
  expectTypeOf(concat([x, x] as Variable[])).toEqualTypeOf<Variable>();
  expectTypeOf(concat([x, x] as Value[])).toEqualTypeOf<Value>();
  expectTypeOf(stack([x, x], 1)).toEqualTypeOf<Variable<[2, 2, 3]>>();
  expectTypeOf(gather(x, index, 1)).toEqualTypeOf<Variable<[2, 1]>>();
  expectTypeOf(scatterAdd(zeros([2, 3]), index, zeros([2, 1]), 1)).toEqualTypeOf<Tensor<[2, 3]>>();
  expectTypeOf(indexSelect(x, tensor([1], { dtype: "int32" }))).toEqualTypeOf<Variable<[1, 3]>>();
});

it("the compiler knows the shapes of what is cut, repeated, padded and read", () => {
  expectTypeOf(split(x, 2, 1)).toEqualTypeOf<Variable<[2, number]>[]>();
  expectTypeOf(chunk(x, 2)).toEqualTypeOf<Variable<[number, 3]>[]>();
  expectTypeOf(tile(x, [5])).toEqualTypeOf<Variable<[2, 15]>>();
  expectTypeOf(repeat(x, [4, 1, 2])).toEqualTypeOf<Variable<[4, 2, 6]>>();
  expectTypeOf(repeatInterleave(x, 4, -1)).toEqualTypeOf<Variable<[2, 12]>>();
  expectTypeOf(pad(x, [[1, 2]])).toEqualTypeOf<Variable<[2, 6]>>();
  expectTypeOf(roll(x, 1)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(diagonal(unsqueeze(x, 0), { axis1: 1, axis2: -1 })).toEqualTypeOf<Variable<[1, number]>>();
  expectTypeOf(trace(x)).toEqualTypeOf<Variable<[]>>();
  expectTypeOf(tril(x)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(flatten(x)).toEqualTypeOf<Variable<[6]>>();
  expectTypeOf(flatten(zeros([2, 3, 4, 5]), 1, -2)).toEqualTypeOf<Tensor<[2, 12, 5]>>();
  expectTypeOf(movedim(zeros([2, 3, 4]), -1, 0)).toEqualTypeOf<Tensor<[4, 2, 3]>>();
  expectTypeOf(dot(zeros([3]), zeros([3]))).toEqualTypeOf<Tensor<[]>>();
  expectTypeOf(outer(zeros([3]), zeros([4]))).toEqualTypeOf<Tensor<[3, 4]>>();
  expectTypeOf(embedding(index, x)).toEqualTypeOf<Variable<[2, 1, 3]>>();
  expectTypeOf(maskedFill(x, tensor([true, true, false]), 0)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(lerp(x, zeros([3]), 0.5)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(hypot(x, 1)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(gelu(x)).toEqualTypeOf<Variable<[2, 3]>>();
  expectTypeOf(linear(x, zeros([4, 3]))).toEqualTypeOf<Variable<[2, 4]>>();
  expectTypeOf(flatten(x as Variable)).toEqualTypeOf<Variable>();
});

it("the compiler refuses what it can prove wrong", () => {
  const twoPairs = [
    [1, 1],
    [1, 1],
  ] as const;
  const wrong = [
    // @ts-expect-error inner axes differ
    () => matmul(x, zeros([2, 3])),
    // @ts-expect-error axis 2 is outside a tensor of rank 2
    () => mean(x, 2),
    // @ts-expect-error axis 2 is outside a tensor of rank 2
    () => softmax(x, 2),
    // @ts-expect-error axes are no permutation
    () => permute(x, [0, 0]),
    // @ts-expect-error a single axis has no transpose
    () => transpose(zeros([3])),
    // @ts-expect-error other axes differ
    () => concat([x, zeros([2, 4])]),
    // @ts-expect-error axis 2 is outside a tensor of rank 2
    () => split(x, 1, 2),
    // @ts-expect-error more pairs than axes
    () => pad(zeros([3]), twoPairs),
    // @ts-expect-error a vector has no diagonal
    () => diagonal(zeros([3])),
    // @ts-expect-error axis 2 is outside a tensor of rank 2
    () => flatten(x, 0, 2),
    // @ts-expect-error axis 2 is outside a tensor of rank 2
    () => movedim(x, 2, 0),
    // @ts-expect-error lengths differ
    () => dot(zeros([3]), zeros([4])),
    // @ts-expect-error a matrix is no vector
    () => outer(x, zeros([4])),
    // @ts-expect-error a table has two axes
    () => embedding(index, zeros([3])),
    // @ts-expect-error shapes do not broadcast
    () => maskedFill(x, tensor([true, false]), 0),
    // @ts-expect-error last axes differ
    () => linear(x, zeros([3, 4])),
    // @ts-expect-error shapes differ
    () => stack([x, zeros([2, 4])]),
  ];
  for (const run of wrong) expect(run).toThrow(AdjointError);
});
