import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { flatten } from "./flatten.ts";
import { transpose } from "./transpose.ts";

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

describeOp("flatten", {
  forward: {
    all: {
      f: (x) => flatten(x),
      inputs: [cube],
      output: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    },
    some: {
      f: (x) => flatten(x, 1),
      inputs: [cube],
      output: [
        [1, 2, 3, 4, 5, 6],
        [7, 8, 9, 10, 11, 12],
      ],
    },
    "the first ones": {
      f: (x) => flatten(x, 0, -2),
      inputs: [cube],
      output: [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
        [10, 11, 12],
      ],
    },
    "one alone": {
      f: (x) => flatten(x, 1, 1),
      inputs: [cube],
      output: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [
          [7, 8, 9],
          [10, 11, 12],
        ],
      ],
    },
    "no axis": { f: (x) => flatten(x), inputs: [5], output: [5] },
  },
  smooth: {
    "a part": {
      f: (x) => flatten(x, 0, 1),
      inputs: [cube],
    },
    "a transposed matrix": {
      f: (x) => flatten(transpose(x)),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => flatten(x), inputs: [[0, 3]], output: [0] },
    "no axis": { f: (x) => flatten(x), inputs: [[]], output: [1] },
    "one element": { f: (x) => flatten(x), inputs: [[1, 1]], output: [1] },
  },
  kinks: "nothing is computed",
  errors: {
    "last before first": {
      run: () => flatten(zeros([2, 3]), 1, 0),
      message:
        "[flatten] first is axis 1, last is axis 0. Give a last axis that does not come before the first.",
    },
    "an axis that is not there": {
      run: () => flatten(zeros([2]), 0, 1 as never),
      message: "[flatten] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});
