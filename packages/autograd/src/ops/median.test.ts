import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { median } from "./median.ts";

const nan = Number.NaN;
const rows = [
  [3, 1, 2, 4],
  [5, 9, 7, 8],
];

describeOp("median", {
  forward: {
    "the lower of the middle two": { f: (x) => median(x), inputs: [rows], output: 4 },
    "along one axis": { f: (x) => median(x, 1), inputs: [rows], output: [2, 7] },
    "along the other, kept": {
      f: (x) => median(x, 0, { keepDims: true }),
      inputs: [rows],
      output: [[3, 1, 2, 4]],
    },
    "over a list of axes": { f: (x) => median(x, [0, 1], { keepDims: true }), inputs: [rows], output: [[4]] },
    "of integers": { f: (x) => median(x, 0), inputs: [tensor([5, 1, 3], { dtype: "int32" })], output: 3 },
    "of nothing": { f: (x) => median(x), inputs: [[]], output: nan },
  },
  smooth: {
    "over all elements": { f: (x) => median(x), inputs: [rows] },
    "along one axis": { f: (x) => median(x, -1), inputs: [rows] },
    "over a list of axes, kept": { f: (x) => median(x, [1], { keepDims: true }), inputs: [rows] },
    "of a scalar along axis 0": { f: (x) => median(x, 0), inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along the other axis": { f: (x) => median(x, 1), inputs: [[0, 3]], output: [0] },
    "0 × 3 over a list": { f: (x) => median(x, [0]), inputs: [[0, 3]], output: [3] },
    "1 × 1": { f: (x) => median(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "ties over all elements share evenly": {
      f: (x) => median(x),
      inputs: [[1, 2, 2, 3]],
      output: 2,
      gradients: [[0, 0.5, 0.5, 0]],
    },
    "along one axis one element gets all": {
      f: (x) => median(x, 0),
      inputs: [[1, 2, 2, 3]],
      output: 2,
      gradients: [[0, 1, 0, 0]],
    },
    "a NaN goes through, and the first gets all": {
      f: (x) => median(x, 0),
      inputs: [[1, nan, nan, 3]],
      output: nan,
      gradients: [[0, 1, 0, 0]],
    },
    "over all elements the NaNs share": {
      f: (x) => median(x),
      inputs: [[1, nan, nan, 3]],
      output: nan,
      gradients: [[0, 0.5, 0.5, 0]],
    },
  },
  errors: {
    "along an empty axis": {
      run: () => median(zeros([2, 0]), 1),
      message:
        "[median] x is [2, 0]: axis 1 is empty and has no median. Reduce an axis that holds at least one element.",
    },
  },
});
