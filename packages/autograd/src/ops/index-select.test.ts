import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { indexSelect } from "./index-select.ts";

const rows = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const twice = tensor([2, 0, 2], { dtype: "int32" });

describeOp("indexSelect", {
  forward: {
    rows: {
      f: (x) => indexSelect(x, twice),
      inputs: [rows],
      output: [
        [5, 6],
        [1, 2],
        [5, 6],
      ],
    },
    columns: {
      f: (x) => indexSelect(x, tensor([1], { dtype: "int32" }), -1),
      inputs: [rows],
      output: [[2], [4], [6]],
    },
  },
  smooth: {
    "rows, one of them twice": { f: (x) => indexSelect(x, twice), inputs: [rows] },
    columns: { f: (x) => indexSelect(x, tensor([1, 1, 0], { dtype: "int32" }), 1), inputs: [rows] },
  },
  broadcasting: "there is one differentiable input",
  empty: {
    "no index": {
      f: (x) => indexSelect(x, zeros([0], { dtype: "int32" })),
      inputs: [[3, 2]],
      output: [0, 2],
    },
    "3 × 0": { f: (x) => indexSelect(x, twice), inputs: [[3, 0]], output: [3, 0] },
    "1": { f: (x) => indexSelect(x, zeros([1], { dtype: "int32" })), inputs: [[1]], output: [1] },
  },
  kinks: {
    "duplicates add up, what is not read gets 0": {
      f: (x) => indexSelect(x, twice),
      inputs: [[-0, Number.POSITIVE_INFINITY, Number.NaN]],
      output: [Number.NaN, -0, Number.NaN],
      gradients: [[1, 0, 2]],
    },
  },
  errors: {
    "an index of two axes": {
      run: () => indexSelect(zeros([2]), zeros([1, 1], { dtype: "int32" })),
      message:
        "[indexSelect] index is [1, 1]. Give a 1-d tensor of positions; use gather for an index of x's rank.",
    },
    "an axis that is not there": {
      run: () => indexSelect(zeros([2]), zeros([1], { dtype: "int32" }), 1 as number),
      message: "[indexSelect] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});
