import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { topk } from "./topk.ts";

const rows = [
  [3, 1, 2],
  [-5, 7, 0],
];

describeOp("topk", {
  forward: {
    "the largest two": {
      f: (x) => topk(x, 2).values,
      inputs: [rows],
      output: [
        [3, 2],
        [7, 0],
      ],
    },
    "and where they were": {
      f: (x) => topk(x, 2).indices,
      inputs: [rows],
      output: [
        [0, 2],
        [1, 2],
      ],
    },
    "the smallest along the first axis": {
      f: (x) => topk(x, 1, 0, { largest: false }).values,
      inputs: [rows],
      output: [[-5, 1, 0]],
    },
  },
  smooth: {
    "the largest two": { f: (x) => topk(x, 2).values, inputs: [rows] },
    "the smallest along the first axis": {
      f: (x) => topk(x, 1, 0, { largest: false }).values,
      inputs: [rows],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "none of 3": { f: (x) => topk(x, 0).values, inputs: [[3]], output: [0] },
    "0 × 3": { f: (x) => topk(x, 2).values, inputs: [[0, 3]], output: [0, 2] },
    "1 × 1": { f: (x) => topk(x, 1).values, inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: {
    "of equal elements the first": {
      f: (x) => topk(x, 2).values,
      inputs: [[2, 2, 5, 2]],
      output: [5, 2],
      gradients: [[1, 0, 1, 0]],
    },
    "NaN is the largest": {
      f: (x) => topk(x, 1).values,
      inputs: [[1, Number.NaN]],
      output: [Number.NaN],
      gradients: [[0, 1]],
    },
  },
  errors: {
    "more than there are": {
      run: () => topk(zeros([2, 3]), 4),
      message: "[topk] k is 4, axis 1 of [2, 3] has 3. Give a whole number from 0 to 3.",
    },
  },
});
