import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { trace } from "./trace.ts";

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("trace", {
  forward: {
    "of a matrix": {
      f: (x) => trace(x),
      inputs: [matrix],
      output: 6,
    },
    "of another diagonal": {
      f: (x) => trace(x, { offset: 1 }),
      inputs: [matrix],
      output: 8,
    },
    "of a batch": {
      f: (x) => trace(x, { axis1: 1, axis2: 2 }),
      inputs: [
        [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [
            [7, 8, 9],
            [10, 11, 12],
          ],
        ],
      ],
      output: [6, 18],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => trace(x),
      inputs: [matrix],
    },
    "of a batch": {
      f: (x) => trace(x, { axis1: 1, axis2: 2 }),
      inputs: [
        [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [
            [7, 8, 9],
            [10, 11, 12],
          ],
        ],
      ],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => trace(x), inputs: [[0, 3]], output: [] },
    "2 × 2 × 0": { f: (x) => trace(x), inputs: [[2, 2, 0]], output: [0] },
    "one element": { f: (x) => trace(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "off the diagonal the gradient is 0, whatever is there": {
      f: (x) => trace(x),
      inputs: [
        [
          [1, Number.NaN],
          [Number.POSITIVE_INFINITY, 4],
        ],
      ],
      output: 5,
      gradients: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    },
  },
  errors: {
    "a vector": {
      run: () => trace(zeros([2]) as never),
      message: "[trace] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});
