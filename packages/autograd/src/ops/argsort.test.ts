import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { argsort } from "./argsort.ts";

describeOp("argsort", {
  forward: {
    "along the last axis": {
      f: (x) => argsort(x),
      inputs: [
        [
          [3, 1, 2],
          [0, 0, -1],
        ],
      ],
      output: [
        [1, 2, 0],
        [2, 0, 1],
      ],
    },
    "along the first, descending": {
      f: (x) => argsort(x, 0, { descending: true, stable: true }),
      inputs: [
        [
          [3, 1],
          [3, 2],
        ],
      ],
      output: [
        [0, 1],
        [1, 0],
      ],
    },
    "NaN is the largest": {
      f: (x) => argsort(x),
      inputs: [[Number.NaN, 1, Number.POSITIVE_INFINITY]],
      output: [1, 2, 0],
    },
    "of integers": { f: (x) => argsort(x), inputs: [tensor([2, 1], { dtype: "int32" })], output: [1, 0] },
    "of a scalar": { f: (x) => argsort(x), inputs: [3], output: 0 },
  },
  smooth: "positions have no derivative",
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along its empty axis": { f: (x) => argsort(x, 0), inputs: [[0, 3]], output: [0, 3] },
    "1 × 1": { f: (x) => argsort(x), inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: "positions have no derivative",
  errors: {
    "an axis that is not there": {
      run: () => argsort(zeros([2, 3]), 2 as never),
      message: "[argsort] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
