import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { reshape } from "./reshape.ts";
import { transpose } from "./transpose.ts";

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("reshape", {
  forward: {
    "in row-major order": {
      f: (x) => reshape(x, [3, 2]),
      inputs: [matrix],
      output: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
    "−1 is worked out": {
      f: (x) => reshape(x, [2, -1]),
      inputs: [[1, 2, 3, 4]],
      output: [
        [1, 2],
        [3, 4],
      ],
    },
    "of a transposed view": {
      f: (x) => reshape(transpose(x), [-1]),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      output: [1, 3, 2, 4],
    },
    "of one element to a scalar": { f: (x) => reshape(x, []), inputs: [[[5]]], output: 5 },
  },
  smooth: {
    "of a matrix": {
      f: (x) => reshape(x, [3, 2]),
      inputs: [matrix],
    },
    "of a transposed view": {
      f: (x) => reshape(transpose(x), [6]),
      inputs: [matrix],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 to 0": { f: (x) => reshape(x, [0]), inputs: [[0, 3]], output: [0] },
    "0 to 2 × −1": { f: (x) => reshape(x, [2, -1]), inputs: [[0]], output: [2, 0] },
    "1 to 1 × 1": { f: (x) => reshape(x, [1, 1]), inputs: [[1]], output: [1, 1] },
  },
  kinks: {
    "NaN and −0 stay": {
      f: (x) => reshape(x, [2, 1]),
      inputs: [[Number.NaN, -0]],
      output: [[Number.NaN], [-0]],
      gradients: [[1, 1]],
    },
  },
  errors: {
    "another number of elements": {
      run: () => reshape(zeros([2, 3]), [4] as never),
      message:
        "[reshape] cannot see [2, 3] (6 elements) as [4]. The axes must multiply to the same number of elements; at most one may be -1.",
    },
  },
});
