import { type NestedArray, tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { roll } from "./roll.ts";

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("roll", {
  forward: {
    onwards: { f: (x) => roll(x, 1), inputs: [[1, 2, 3]], output: [3, 1, 2] },
    "back, and more than once round": { f: (x) => roll(x, -7), inputs: [[1, 2, 3]], output: [2, 3, 1] },
    "without an axis, as one row": {
      f: (x) => roll(x, 1),
      inputs: [matrix],
      output: [
        [6, 1, 2],
        [3, 4, 5],
      ],
    },
    "along two axes": {
      f: (x) => roll(x, [1, -1], [0, -1]),
      inputs: [matrix],
      output: [
        [5, 6, 4],
        [2, 3, 1],
      ],
    },
  },
  smooth: {
    "along axis 1": {
      f: (x) => roll(x, 2, 1),
      inputs: [matrix],
    },
    "along two axes": {
      f: (x) => roll(x, [1, 1], [0, 1]),
      inputs: [matrix],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => roll(x, 1, 0), inputs: [[0, 3]], output: [0, 3] },
    "no axis": { f: (x) => roll(x, 1), inputs: [[]], output: [] },
    "one element": { f: (x) => roll(x, 5), inputs: [[1]], output: [1] },
  },
  kinks: {
    "the gradient turns back": {
      f: (x) => mul(roll(x, 1), tensor([1, 2, 3])),
      inputs: [[1, Number.POSITIVE_INFINITY, 0]],
      output: [0, 2, Number.POSITIVE_INFINITY],
      gradients: [[2, 3, 1]],
    },
  },
  errors: {
    "a shift too few": {
      run: () => roll(zeros([2, 3]), 1, [0, 1]),
      message: "[roll] shifts is [1], axes is [0, 1]. Give one whole number for each axis.",
    },
    "an axis twice": {
      run: () => roll(zeros([2, 3]), [1, 1], [0, -2]),
      message: "[roll] axis 0 is named twice in [0, -2]. Name each axis once.",
    },
  },
});
