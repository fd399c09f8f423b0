import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { log2 } from "./log2.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("log2", {
  forward: {
    "of a vector": {
      f: (x) => log2(x),
      inputs: [[8, 0.5, 3]],
      output: [3, -1, 1.584962500721156],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => log2(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0, 1],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => log2(x),
      inputs: [
        [
          [0.6, 0.3],
          [1.4, 5],
        ],
      ],
    },
    squared: { f: (x) => mul(log2(x), log2(x)), inputs: [[0.3, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => log2(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => log2(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => log2(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => log2(x),
      inputs: [[0, -0, -1, inf, nan]],
      output: [-inf, -inf, nan, inf, nan],
      gradients: [[inf, -inf, -Math.LOG2E, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
