import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { gather } from "./gather.ts";

const square = [
  [1, 2],
  [3, 4],
];
const column = tensor([[1], [0]], { dtype: "int32" });
const twice = tensor([0, 2, 0, 0], { dtype: "int32" });

describeOp("gather", {
  forward: {
    "along the last axis": { f: (x) => gather(x, column, -1), inputs: [square], output: [[2], [3]] },
    "along axis 0, more than there are": {
      f: (x) => gather(x, twice, 0),
      inputs: [[5, 6, 7]],
      output: [5, 7, 5, 5],
    },
    "by uint8": { f: (x) => gather(x, tensor([1], { dtype: "uint8" }), 0), inputs: [[5, 6]], output: [6] },
  },
  smooth: {
    "one a row": { f: (x) => gather(x, column, 1), inputs: [square] },
    duplicates: { f: (x) => gather(x, twice, 0), inputs: [[5, 6, 7]] },
  },
  broadcasting: "index has x's own shape on all axes but one",
  empty: {
    "no index": { f: (x) => gather(x, zeros([0], { dtype: "int32" }), 0), inputs: [[3]], output: [0] },
    "0 × 3": { f: (x) => gather(x, zeros([0, 1], { dtype: "int32" }), 1), inputs: [[0, 3]], output: [0, 1] },
    "1": { f: (x) => gather(x, zeros([1], { dtype: "int32" }), 0), inputs: [[1]], output: [1] },
  },
  kinks: {
    "duplicates add up, what is not read gets 0": {
      f: (x) => gather(x, twice, 0),
      inputs: [[Number.NaN, Number.POSITIVE_INFINITY, -0]],
      output: [Number.NaN, -0, Number.NaN, Number.NaN],
      gradients: [[3, 0, 1]],
    },
  },
  errors: {
    "an index outside the axis": {
      run: () => gather(zeros([2]), tensor([3], { dtype: "int32" }), 0),
      message: "[gather] index holds 3, the axis has size 2. Every index must be from 0 to 1.",
    },
    "a negative index": {
      run: () => gather(zeros([2]), tensor([-1], { dtype: "int32" }), 0),
      message: "[gather] index holds -1, the axis has size 2. Every index must be from 0 to 1.",
    },
    "another shape": {
      run: () => gather(zeros([2, 3]), zeros([3, 3], { dtype: "int32" }), 1),
      message:
        "[gather] index is [3, 3], x is [2, 3], axis is 1. Index must have x's rank, and x's size on every axis but the indexed one; unsqueeze and expand it.",
    },
    "positions that are not whole": {
      run: () => gather(zeros([2]), zeros([1]), 0),
      message: '[gather] index is float32. Give positions as int32 or uint8, for example with cast("int32").',
    },
  },
});
