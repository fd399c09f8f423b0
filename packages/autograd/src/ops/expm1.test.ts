import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { expm1 } from "./expm1.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("expm1", {
  forward: {
    "of a vector": {
      f: (x) => expm1(x),
      inputs: [[1e-10, -1, 2]],
      output: [1.00000000005e-10, -0.6321205588285577, 6.38905609893065],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => expm1(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1.71828187, 6.38905621],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => expm1(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(expm1(x), expm1(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => expm1(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => expm1(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => expm1(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => expm1(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, inf, -1, inf, -1, nan],
      gradients: [[1, 1, inf, 0, inf, 0, nan]],
    },
  },
  errors: "any tensor will do",
});
