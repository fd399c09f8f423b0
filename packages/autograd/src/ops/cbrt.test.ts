import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { cbrt } from "./cbrt.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("cbrt", {
  forward: {
    "of a vector": {
      f: (x) => cbrt(x),
      inputs: [[8, -27, 2]],
      output: [2, -3, 1.2599210498948732],
      tolerance: 1e-14,
    },
    "of integers, as float32": {
      f: (x) => cbrt(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1, 1.25992107],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => cbrt(x),
      inputs: [
        [
          [0.6, -0.3],
          [1.4, 5],
        ],
      ],
    },
    squared: { f: (x) => mul(cbrt(x), cbrt(x)), inputs: [[-0.3, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => cbrt(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => cbrt(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => cbrt(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => cbrt(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 21.544346900318832, -21.544346900318832, inf, -inf, nan],
      gradients: [[inf, inf, 0.000718144896677294, 0.000718144896677294, 0, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
