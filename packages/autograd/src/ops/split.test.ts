import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import type { Value } from "../variable.ts";
import { concat } from "./concat.ts";
import { mul } from "./mul.ts";
import { split } from "./split.ts";

describeOp("split", {
  forward: {
    "by one size, the last part smaller": {
      f: (x) => concat(split(x, 2).reverse()),
      inputs: [[1, 2, 3, 4, 5]],
      output: [5, 3, 4, 1, 2],
    },
    "by a list of sizes": {
      f: (x) => concat(split(x, [1, 0, 4]).reverse()),
      inputs: [[1, 2, 3, 4, 5]],
      output: [2, 3, 4, 5, 1],
    },
    "along the last axis": {
      f: (x) => split(x, [1, 2], -1)[1] as Value,
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [2, 3],
        [5, 6],
      ],
    },
  },
  smooth: {
    "all parts": {
      f: (x) => concat(split(x, 2).map((part, i) => mul(part, i + 1))),
      inputs: [[1, 2, 3, 4, 5]],
    },
    "one part of a matrix": {
      f: (x) => split(x, 1, 1)[2] as Value,
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
    nothing: { f: (x) => split(x, 2)[0] as Value, inputs: [[0]], output: [0] },
    "a part of size 0": { f: (x) => split(x, [0, 3], 1)[0] as Value, inputs: [[0, 3]], output: [0, 0] },
    "one element": { f: (x) => split(x, 4)[0] as Value, inputs: [[1]], output: [1] },
  },
  kinks: {
    "what is not used gets 0, whatever it is": {
      f: (x) => split(x, 1)[1] as Value,
      inputs: [[Number.NaN, 2]],
      output: [2],
      gradients: [[0, 1]],
    },
  },
  errors: {
    "sizes that do not add up": {
      run: () => split(zeros([2, 5]), [2, 2], 1),
      message:
        "[split] sizes [2, 2] add up to 4: x is [2, 5] (axis 1 = 5). Give sizes that add up to the axis.",
    },
    "a size of 0": {
      run: () => split(zeros([5]), 0),
      message: "[split] sizes is 0. Give a whole number of at least 1.",
    },
    "a negative size": {
      run: () => split(zeros([5]), [6, -1]),
      message: "[split] sizes is [6, -1]. Give whole numbers of at least 0.",
    },
    "an axis that is not there": {
      run: () => split(zeros([5]), 1, 1 as never),
      message: "[split] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});
