import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { reciprocal } from "./reciprocal.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("reciprocal", {
  forward: {
    "of a vector": {
      f: (x) => reciprocal(x),
      inputs: [[4, -0.5, 3]],
      output: [0.25, -2, 0.3333333333333333],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => reciprocal(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1, 0.5],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => reciprocal(x),
      inputs: [
        [
          [0.6, -0.3],
          [1.4, 5],
        ],
      ],
    },
    squared: { f: (x) => mul(reciprocal(x), reciprocal(x)), inputs: [[-0.3, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => reciprocal(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => reciprocal(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => reciprocal(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => reciprocal(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [inf, -inf, 0.0001, -0.0001, 0, -0, nan],
      gradients: [[-inf, -inf, -1e-8, -1e-8, -0, -0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
