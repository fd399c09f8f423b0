import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { sinh } from "./sinh.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("sinh", {
  forward: {
    "of a vector": {
      f: (x) => sinh(x),
      inputs: [[0.5, -1, 3]],
      output: [0.5210953054937474, -1.1752011936438014, 10.017874927409903],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => sinh(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1.17520118, 3.62686038],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => sinh(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(sinh(x), sinh(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => sinh(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => sinh(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => sinh(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => sinh(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, inf, -inf, inf, -inf, nan],
      gradients: [[1, 1, inf, inf, inf, inf, nan]],
    },
  },
  errors: "any tensor will do",
});
