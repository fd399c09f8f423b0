import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import type { Value } from "../variable.ts";
import { chunk } from "./chunk.ts";
import { concat } from "./concat.ts";
import { stack } from "./stack.ts";
import { sum } from "./sum.ts";

describeOp("chunk", {
  forward: {
    "three of five": {
      f: (x) => concat(chunk(x, 3).reverse()),
      inputs: [[1, 2, 3, 4, 5]],
      output: [5, 3, 4, 1, 2],
    },
    "four of five are three": {
      f: (x) => stack(chunk(x, 4).map((part) => sum(part))),
      inputs: [[1, 2, 3, 4, 5]],
      output: [3, 7, 5],
    },
    "along the last axis": {
      f: (x) => chunk(x, 3, -1)[1] as Value,
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [[2], [5]],
    },
  },
  smooth: {
    "one of a matrix": {
      f: (x) => chunk(x, 2, 1)[1] as Value,
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
    "two of nothing": { f: (x) => chunk(x, 2)[1] as Value, inputs: [[0]], output: [0] },
    "one element": { f: (x) => chunk(x, 2)[0] as Value, inputs: [[1]], output: [1] },
  },
  kinks: {
    "what is not used gets 0, whatever it is": {
      f: (x) => chunk(x, 2)[1] as Value,
      inputs: [[Number.NaN, 2]],
      output: [2],
      gradients: [[0, 1]],
    },
  },
  errors: {
    "no chunk": {
      run: () => chunk(zeros([5]), 0),
      message: "[chunk] count is 0. Give a whole number of at least 1.",
    },
    "an axis that is not there": {
      run: () => chunk(zeros([5]), 1, 1 as never),
      message: "[chunk] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});
