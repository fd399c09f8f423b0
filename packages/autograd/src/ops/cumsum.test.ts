import { arange, tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { cumsum } from "./cumsum.ts";
import { pow } from "./pow.ts";

const block = arange(0.5, 1.7, 0.1, { dtype: "float64" }).reshape([2, 3, 2]);

describeOp("cumsum", {
  forward: {
    "along the last axis": {
      f: (x) => cumsum(x, -1),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      output: [
        [1, 3],
        [3, 7],
      ],
    },
    "truth values are counted": {
      f: (x) => cumsum(x, 0),
      inputs: [tensor([true, false, true])],
      output: [1, 1, 2],
    },
    "of a scalar": { f: (x) => cumsum(x, 0 as never), inputs: [3], output: 3 },
  },
  smooth: {
    "along the middle axis": { f: (x) => cumsum(x, 1), inputs: [block] },
    "of squares": { f: (x) => pow(cumsum(x, 0), 2), inputs: [[1, 2, 3]] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along its empty axis": { f: (x) => cumsum(x, 0), inputs: [[0, 3]], output: [0, 3] },
    "1 × 1": { f: (x) => cumsum(x, 1), inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: {
    "each element counts in all that follow": {
      f: (x) => cumsum(x, 0),
      inputs: [[1, Number.NaN, 3]],
      output: [1, Number.NaN, Number.NaN],
      gradients: [[3, 2, 1]],
    },
  },
  errors: {
    "an axis that is not there": {
      run: () => cumsum(zeros([2, 3]), -3 as never),
      message: "[cumsum] axis -3 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
