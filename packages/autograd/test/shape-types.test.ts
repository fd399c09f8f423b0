import { AdjointError, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { expect, expectTypeOf, it } from "vitest";
import {
  argmax,
  concat,
  flip,
  gather,
  indexSelect,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  mean,
  min,
  permute,
  scatterAdd,
  slice,
  softmax,
  squeeze,
  stack,
  transpose,
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
  expectTypeOf(indexSelect(x, tensor([1], { dtype: "int32" }))).toEqualTypeOf<Variable>();
});

it("the compiler refuses what it can prove wrong", () => {
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
    // @ts-expect-error shapes differ
    () => stack([x, zeros([2, 4])]),
  ];
  for (const run of wrong) expect(run).toThrow(AdjointError);
});
