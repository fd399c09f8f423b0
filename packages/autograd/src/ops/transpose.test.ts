import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { transpose } from "./transpose.ts";

const block = [
  [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
];

describeOp("transpose", {
  forward: {
    "swaps the last two axes": {
      f: (x) => transpose(x),
      inputs: [block],
      output: [
        [
          [1, 3, 5],
          [2, 4, 6],
        ],
      ],
    },
    "swaps any two": {
      f: (x) => transpose(x, 0, -1),
      inputs: [block],
      output: [
        [[1], [3], [5]],
        [[2], [4], [6]],
      ],
    },
  },
  smooth: {
    "the last two axes": { f: (x) => transpose(x), inputs: [block] },
    "the outer two": { f: (x) => transpose(x, 0, 2), inputs: [block] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => transpose(x), inputs: [[0, 3]], output: [3, 0] },
    "1 × 1": { f: (x) => transpose(x), inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: {
    "NaN, −0 and infinities move unchanged": {
      f: (x) => transpose(x),
      inputs: [[[Number.NaN, -0, Number.POSITIVE_INFINITY]]],
      output: [[Number.NaN], [-0], [Number.POSITIVE_INFINITY]],
      gradients: [[[1, 1, 1]]],
    },
  },
  errors: {
    "one axis": {
      run: () => transpose(zeros([3]) as never),
      message: "[transpose] x is [3]. Transposing takes at least two axes; unsqueeze it first.",
    },
  },
});
