import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { log10 } from "./log10.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("log10", {
  forward: {
    "of a vector": {
      f: (x) => log10(x),
      inputs: [[1000, 0.1, 3]],
      output: [3, -1, 0.47712125471966244],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => log10(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0, 0.30103001],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => log10(x),
      inputs: [
        [
          [0.6, 0.3],
          [1.4, 5],
        ],
      ],
    },
    squared: { f: (x) => mul(log10(x), log10(x)), inputs: [[0.3, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => log10(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => log10(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => log10(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => log10(x),
      inputs: [[0, -0, -1, inf, nan]],
      output: [-inf, -inf, nan, inf, nan],
      gradients: [[inf, -inf, -Math.LOG10E, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
