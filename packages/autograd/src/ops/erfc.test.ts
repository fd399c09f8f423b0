import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { erfc } from "./erfc.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("erfc", {
  forward: {
    "of a vector": {
      f: (x) => erfc(x),
      inputs: [[0.5, -1, 10]],
      output: [0.4795001221869535, 1.8427007929497148, 2.088487583762545e-45],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => erfc(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.157299206, 0.00467773527],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => erfc(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(erfc(x), erfc(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => erfc(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => erfc(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => erfc(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => erfc(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [1, 1, 0, 2, 0, 2, nan],
      gradients: [[-1.1283791670955126, -1.1283791670955126, -0, -0, -0, -0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
