import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { logSigmoid } from "./log-sigmoid.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("logSigmoid", {
  forward: {
    "of a vector": {
      f: (x) => logSigmoid(x),
      inputs: [[0.5, -1, 3]],
      output: [-0.4740769841801067, -1.3132616875182228, -0.04858735157374206],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => logSigmoid(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [-0.313261688, -0.126928017],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => logSigmoid(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(logSigmoid(x), logSigmoid(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => logSigmoid(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => logSigmoid(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => logSigmoid(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => logSigmoid(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [-Math.LN2, -Math.LN2, -0, -10000, -0, -inf, nan],
      gradients: [[0.5, 0.5, 0, 1, 0, 1, nan]],
    },
  },
  errors: "any tensor will do",
});
