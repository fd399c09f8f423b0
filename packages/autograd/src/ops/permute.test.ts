import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { permute } from "./permute.ts";

const block = [
  [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
];

describeOp("permute", {
  forward: {
    "axis i of the result is axes[i] of x": {
      f: (x) => permute(x, [1, 2, 0]),
      inputs: [block],
      output: [
        [[1], [2]],
        [[3], [4]],
        [[5], [6]],
      ],
    },
    "negative axes": {
      f: (x) => permute(x, [-1, 0]),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      output: [
        [1, 3],
        [2, 4],
      ],
    },
    "of a scalar": { f: (x) => permute(x, []), inputs: [7], output: 7 },
  },
  smooth: { "three axes in a circle": { f: (x) => permute(x, [2, 0, 1]), inputs: [block] } },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => permute(x, [1, 0]), inputs: [[0, 3]], output: [3, 0] },
    "1 × 3": { f: (x) => permute(x, [1, 0]), inputs: [[1, 3]], output: [3, 1] },
  },
  kinks: {
    "NaN, −0 and infinities move unchanged": {
      f: (x) => permute(x, [1, 0]),
      inputs: [[[Number.NaN, -0, Number.POSITIVE_INFINITY]]],
      output: [[Number.NaN], [-0], [Number.POSITIVE_INFINITY]],
      gradients: [[[1, 1, 1]]],
    },
  },
  errors: {
    "an axis twice": {
      run: () => permute(zeros([2, 3]), [0, 0] as never),
      message:
        "[permute] axes [0, 0] are no permutation of the axes of [2, 3]. Name each of the 2 axes once.",
    },
    "an axis that is not there": {
      run: () => permute(zeros([2, 3]), [0, 2] as never),
      message: "[permute] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
