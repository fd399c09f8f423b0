import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { tan } from "./tan.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("tan", {
  forward: {
    "of a vector": {
      f: (x) => tan(x),
      inputs: [[0.5, -1, 3]],
      output: [0.5463024898437905, -1.5574077246549023, -0.1425465430742778],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => tan(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1.55740774, -2.18503976],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => tan(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(tan(x), tan(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => tan(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => tan(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => tan(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => tan(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 0.3209711346238147, -0.3209711346238147, nan, nan, nan],
      gradients: [[1, 1, 1.103022469261699, 1.103022469261699, nan, nan, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
