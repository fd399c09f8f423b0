import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { diagonal } from "./diagonal.ts";
import { transpose } from "./transpose.ts";

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("diagonal", {
  forward: {
    "the main one": {
      f: (x) => diagonal(x),
      inputs: [matrix],
      output: [1, 5],
    },
    above: {
      f: (x) => diagonal(x, { offset: 2 }),
      inputs: [matrix],
      output: [3],
    },
    below: {
      f: (x) => diagonal(x, { offset: -1 }),
      inputs: [matrix],
      output: [4],
    },
    beyond: {
      f: (x) => diagonal(x, { offset: 3 }),
      inputs: [matrix],
      output: [],
    },
    "of a tall matrix": {
      f: (x) => diagonal(x, { offset: -1 }),
      inputs: [
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
      ],
      output: [2, 6],
    },
    "of a transposed one": {
      f: (x) => diagonal(transpose(x), { offset: 1 }),
      inputs: [matrix],
      output: [4],
    },
    "over other axes": {
      f: (x) => diagonal(x, { axis1: -1, axis2: 1 }),
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
      output: [
        [1, 5],
        [7, 11],
      ],
    },
  },
  smooth: {
    above: {
      f: (x) => diagonal(x, { offset: 1 }),
      inputs: [matrix],
    },
    "over other axes": {
      f: (x) => diagonal(x, { offset: -1, axis1: 1, axis2: 2 }),
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
    "0 × 3": { f: (x) => diagonal(x), inputs: [[0, 3]], output: [0] },
    "3 × 0 × 2": { f: (x) => diagonal(x), inputs: [[3, 0, 2]], output: [2, 0] },
    "one element": { f: (x) => diagonal(x), inputs: [[1, 1]], output: [1] },
  },
  kinks: {
    "off the diagonal the gradient is 0, whatever is there": {
      f: (x) => diagonal(x),
      inputs: [
        [
          [1, Number.NaN],
          [Number.POSITIVE_INFINITY, 4],
        ],
      ],
      output: [1, 4],
      gradients: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    },
  },
  errors: {
    "one axis twice": {
      run: () => diagonal(zeros([2, 2]), { axis2: -2 } as never),
      message: "[diagonal] axis1 and axis2 are both axis 0. Give two different axes.",
    },
    "a vector": {
      run: () => diagonal(zeros([2]) as never),
      message: "[diagonal] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
    "a fraction": {
      run: () => diagonal(zeros([2, 2]), { offset: 0.5 }),
      message: "[diagonal] offset is 0.5. Give a whole number.",
    },
  },
});
