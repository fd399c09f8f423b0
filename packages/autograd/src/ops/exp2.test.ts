import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { exp2 } from "./exp2.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("exp2", {
  forward: {
    "of a vector": {
      f: (x) => exp2(x),
      inputs: [[-1, 0.5, 3]],
      output: [0.5, Math.SQRT2, 8],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => exp2(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [2, 4],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => exp2(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(exp2(x), exp2(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => exp2(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => exp2(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => exp2(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => exp2(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [1, 1, inf, 0, inf, 0, nan],
      gradients: [[Math.LN2, Math.LN2, inf, 0, inf, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
