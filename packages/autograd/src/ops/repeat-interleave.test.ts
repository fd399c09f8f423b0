import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { repeatInterleave } from "./repeat-interleave.ts";

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("repeatInterleave", {
  forward: {
    "all alike": { f: (x) => repeatInterleave(x, 2), inputs: [[1, 2, 3]], output: [1, 1, 2, 2, 3, 3] },
    "along the last axis": {
      f: (x) => repeatInterleave(x, 2, -1),
      inputs: [matrix],
      output: [
        [1, 1, 2, 2, 3, 3],
        [4, 4, 5, 5, 6, 6],
      ],
    },
    "each its own number": {
      f: (x) => repeatInterleave(x, [2, 0, 1]),
      inputs: [[1, 2, 3]],
      output: [1, 1, 3],
    },
  },
  smooth: {
    "along axis 0": {
      f: (x) => repeatInterleave(x, 3, 0),
      inputs: [matrix],
    },
    "each its own number": {
      f: (x) => repeatInterleave(x, [2, 0, 1], 1),
      inputs: [matrix],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => repeatInterleave(x, 2, 1), inputs: [[0, 3]], output: [0, 6] },
    "an empty list": { f: (x) => repeatInterleave(x, []), inputs: [[0]], output: [0] },
    "one element": { f: (x) => repeatInterleave(x, 1), inputs: [[1]], output: [1] },
  },
  kinks: {
    "every copy counts": {
      f: (x) => repeatInterleave(x, [0, 3]),
      inputs: [[Number.NaN, 2]],
      output: [2, 2, 2],
      gradients: [[0, 3]],
    },
  },
  errors: {
    "a list that is too short": {
      run: () => repeatInterleave(zeros([2, 3]), [1, 2], 1),
      message:
        "[repeatInterleave] times has 2 numbers: x is [2, 3] (axis 1 = 3). Give one number for each element of the axis.",
    },
    "a negative number": {
      run: () => repeatInterleave(zeros([2]), -1),
      message: "[repeatInterleave] times is -1. Give a whole number of at least 0.",
    },
  },
});
