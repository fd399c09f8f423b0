import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { max } from "./max.ts";

const rows = [
  [1, 5, 3],
  [8, 2, 7],
];
const { NaN: nan, NEGATIVE_INFINITY: low, POSITIVE_INFINITY: high } = Number;

describeOp("max", {
  forward: {
    "over all elements": { f: (x) => max(x), inputs: [rows], output: 8 },
    "along one axis": { f: (x) => max(x, 1), inputs: [rows], output: [5, 8] },
    "along one axis, kept": { f: (x) => max(x, 0, { keepDims: true }), inputs: [rows], output: [[8, 5, 7]] },
    "over a list of axes": { f: (x) => max(x, [-1]), inputs: [rows], output: [5, 8] },
    "of integers": { f: (x) => max(x, 0), inputs: [tensor([3, 9], { dtype: "int32" })], output: 9 },
  },
  smooth: {
    "over all elements": { f: (x) => max(x), inputs: [rows] },
    "along one axis": { f: (x) => max(x, -1), inputs: [rows] },
    "along one axis, kept": { f: (x) => max(x, 0, { keepDims: true }), inputs: [rows] },
    "over a list of axes": { f: (x) => max(x, [0], { keepDims: true }), inputs: [rows] },
    "of a scalar along axis 0": { f: (x) => max(x, 0), inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along the other axis": { f: (x) => max(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => max(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "ties over all elements share evenly": {
      f: (x) => max(x),
      inputs: [[1, 3, 3]],
      output: 3,
      gradients: [[0, 0.5, 0.5]],
    },
    "ties over a list of axes share evenly": {
      f: (x) => max(x, [1]),
      inputs: [
        [
          [1, 3, 3],
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
      f: (x) => max(x, 1),
      inputs: [
        [
          [1, 3, 3],
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
    "0 and −0 tie": { f: (x) => max(x), inputs: [[0, -0]], output: 0, gradients: [[0.5, 0.5]] },
    "a NaN goes through, and the NaNs share": {
      f: (x) => max(x),
      inputs: [[1, nan, high, nan]],
      output: nan,
      gradients: [[0, 0.5, 0, 0.5]],
    },
    "a NaN goes through along one axis, and the first gets all": {
      f: (x) => max(x, 0),
      inputs: [[1, nan, high, nan]],
      output: nan,
      gradients: [[0, 1, 0, 0]],
    },
    "nothing but infinities": {
      f: (x) => max(x),
      inputs: [[low, low]],
      output: low,
      gradients: [[0.5, 0.5]],
    },
  },
  errors: {
    "of nothing": {
      run: () => max(zeros([0])),
      message:
        "[max] x is [0]: axis 0 is empty and has no max. Reduce an axis that holds at least one element.",
    },
    "along an empty axis": {
      run: () => max(zeros([2, 0]), -1),
      message:
        "[max] x is [2, 0]: axis 1 is empty and has no max. Reduce an axis that holds at least one element.",
    },
    "an axis that is not there": {
      run: () => max(zeros([2, 3]), 2 as never),
      message: "[max] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
