import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { rsqrt } from "./rsqrt.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("rsqrt", {
  forward: {
    "of a vector": {
      f: (x) => rsqrt(x),
      inputs: [[4, 0.25, 3]],
      output: [0.5, 2, 0.5773502691896258],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => rsqrt(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1, 0.707106769],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => rsqrt(x),
      inputs: [
        [
          [0.6, 0.3],
          [1.4, 5],
        ],
      ],
    },
    squared: { f: (x) => mul(rsqrt(x), rsqrt(x)), inputs: [[0.3, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => rsqrt(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => rsqrt(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => rsqrt(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => rsqrt(x),
      inputs: [[0, 0.0001, 10000, -1, inf, nan]],
      output: [inf, 100, 0.01, nan, 0, nan],
      gradients: [[-inf, -500000, -5.000000000000001e-7, nan, -0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
