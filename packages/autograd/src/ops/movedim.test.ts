import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { movedim } from "./movedim.ts";

const cube: NestedArray = [
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  [
    [7, 8, 9],
    [10, 11, 12],
  ],
];

describeOp("movedim", {
  forward: {
    "the last to the front": {
      f: (x) => movedim(x, -1, 0),
      inputs: [cube],
      output: [
        [
          [1, 4],
          [7, 10],
        ],
        [
          [2, 5],
          [8, 11],
        ],
        [
          [3, 6],
          [9, 12],
        ],
      ],
    },
    "the first to the end": {
      f: (x) => movedim(x, 0, 2),
      inputs: [cube],
      output: [
        [
          [1, 7],
          [2, 8],
          [3, 9],
        ],
        [
          [4, 10],
          [5, 11],
          [6, 12],
        ],
      ],
    },
    "two at once": {
      f: (x) => movedim(x, [0, 1], [-1, 0]),
      inputs: [cube],
      output: [
        [
          [1, 7],
          [2, 8],
          [3, 9],
        ],
        [
          [4, 10],
          [5, 11],
          [6, 12],
        ],
      ],
    },
  },
  smooth: {
    "the last to the front": {
      f: (x) => movedim(x, -1, 0),
      inputs: [cube],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => movedim(x, 0, 1), inputs: [[0, 3]], output: [3, 0] },
    "one axis": { f: (x) => movedim(x, 0, 0), inputs: [[1]], output: [1] },
  },
  kinks: "nothing is computed",
  errors: {
    "a destination too few": {
      run: () => movedim(zeros([2, 3]), [0, 1], 0),
      message: "[movedim] source names 2 axes, destination 1. Give a destination for each source.",
    },
    "an axis twice": {
      run: () => movedim(zeros([2, 3]), [0, 0], [0, 1]),
      message: "[movedim] axis 0 is named twice in [0, 0]. Name each axis once.",
    },
    "an axis that is not there": {
      run: () => movedim(zeros([2, 3]), 2 as never, 0),
      message: "[movedim] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
