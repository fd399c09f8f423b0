import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { min } from "./min.ts";

const rows = [
  [1, 5, 3],
  [8, 2, 7],
];
const { NaN: nan, NEGATIVE_INFINITY: low } = Number;

describeOp("min", {
  forward: {
    "over all elements": { f: (x) => min(x), inputs: [rows], output: 1 },
    "along one axis": { f: (x) => min(x, 1), inputs: [rows], output: [1, 2] },
    "along one axis, kept": { f: (x) => min(x, 0, { keepDims: true }), inputs: [rows], output: [[1, 2, 3]] },
    "over a list of axes": { f: (x) => min(x, [-1]), inputs: [rows], output: [1, 2] },
    "of integers": { f: (x) => min(x, 0), inputs: [tensor([3, 9], { dtype: "int32" })], output: 3 },
  },
  smooth: {
    "over all elements": { f: (x) => min(x), inputs: [rows] },
    "along one axis": { f: (x) => min(x, -1), inputs: [rows] },
    "along one axis, kept": { f: (x) => min(x, 0, { keepDims: true }), inputs: [rows] },
    "over a list of axes": { f: (x) => min(x, [0], { keepDims: true }), inputs: [rows] },
    "of a scalar along axis 0": { f: (x) => min(x, 0), inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along the other axis": { f: (x) => min(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => min(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "ties over all elements share evenly": {
      f: (x) => min(x),
      inputs: [[7, 3, 3]],
      output: 3,
      gradients: [[0, 0.5, 0.5]],
    },
    "ties over a list of axes share evenly": {
      f: (x) => min(x, [1]),
      inputs: [
        [
          [7, 3, 3],
          [4, 4, 4],
        ],
      ],
      output: [3, 4],
      gradients: [
        [
          [0, 1 / 2, 1 / 2],
          [1 / 3, 1 / 3, 1 / 3],
        ],
      ],
    },
    "ties along one axis give all to the first": {
      f: (x) => min(x, 1),
      inputs: [
        [
          [7, 3, 3],
          [4, 4, 4],
        ],
      ],
      output: [3, 4],
      gradients: [
        [
          [0, 1, 0],
          [1, 0, 0],
        ],
      ],
    },
    "0 and −0 tie": { f: (x) => min(x), inputs: [[0, -0]], output: -0, gradients: [[0.5, 0.5]] },
    "a NaN goes through, and the NaNs share": {
      f: (x) => min(x),
      inputs: [[1, nan, low, nan]],
      output: nan,
      gradients: [[0, 0.5, 0, 0.5]],
    },
    "a NaN goes through along one axis, and the first gets all": {
      f: (x) => min(x, 0),
      inputs: [[1, nan, low, nan]],
      output: nan,
      gradients: [[0, 1, 0, 0]],
    },
    "nothing but infinities": {
      f: (x) => min(x),
      inputs: [[low, low]],
      output: low,
      gradients: [[0.5, 0.5]],
    },
  },
  errors: {
    "of nothing": {
      run: () => min(zeros([0])),
      message:
        "[min] x is [0]: axis 0 is empty and has no min. Reduce an axis that holds at least one element.",
    },
    "along an empty axis": {
      run: () => min(zeros([2, 0]), -1),
      message:
        "[min] x is [2, 0]: axis 1 is empty and has no min. Reduce an axis that holds at least one element.",
    },
    "an axis that is not there": {
      run: () => min(zeros([2, 3]), 2 as never),
      message: "[min] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
