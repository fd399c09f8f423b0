import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { sort } from "./sort.ts";

const nan = Number.NaN;
const rows = [
  [3, 1, 2],
  [-5, 7, 0],
];
const weights = tensor([1, 10, 100], { dtype: "float64" });

describeOp("sort", {
  forward: {
    "along the last axis": {
      f: (x) => sort(x).values,
      inputs: [rows],
      output: [
        [1, 2, 3],
        [-5, 0, 7],
      ],
    },
    "along the first, descending": {
      f: (x) => sort(x, 0, { descending: true }).values,
      inputs: [rows],
      output: [
        [3, 7, 2],
        [-5, 1, 0],
      ],
    },
    "and where they were": { f: (x) => sort(x, -1).indices, inputs: [[3, 1, 2]], output: [1, 2, 0] },
    "of a scalar": { f: (x) => sort(x).values, inputs: [3], output: 3 },
  },
  smooth: {
    "along the last axis": { f: (x) => sort(x).values, inputs: [rows] },
    "along the first, descending": { f: (x) => sort(x, 0, { descending: true }).values, inputs: [rows] },
    "of a scalar": { f: (x) => sort(x).values, inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along its empty axis": { f: (x) => sort(x, 0).values, inputs: [[0, 3]], output: [0, 3] },
    "1 × 1": { f: (x) => sort(x).values, inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: {
    "of equal elements the first comes first, also descending": {
      f: (x) => mul(sort(x, 0, { descending: true }).values, weights),
      inputs: [[2, 5, 2]],
      output: [5, 20, 200],
      gradients: [[10, 1, 100]],
    },
    "NaN is the largest": {
      f: (x) => mul(sort(x).values, weights),
      inputs: [[nan, Number.POSITIVE_INFINITY, 1]],
      output: [1, Number.POSITIVE_INFINITY, nan],
      gradients: [[100, 10, 1]],
    },
  },
  errors: {
    "an axis that is not there": {
      run: () => sort(zeros([2, 3]), 2 as never),
      message: "[sort] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
