import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { acosh } from "./acosh.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("acosh", {
  forward: {
    "of a vector": {
      f: (x) => acosh(x),
      inputs: [[1.5, 2, 3]],
      output: [0.9624236501192069, 1.3169578969248166, 1.762747174039086],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => acosh(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0, 1.31695795],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => acosh(x),
      inputs: [
        [
          [1.6, 2.3],
          [3.4, 1.9],
        ],
      ],
    },
    squared: { f: (x) => mul(acosh(x), acosh(x)), inputs: [[1.3, 1.8]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => acosh(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => acosh(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => acosh(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => acosh(x),
      inputs: [[1, 10000, -10000, 0, inf, nan]],
      output: [0, 9.903487550036129, nan, nan, inf, nan],
      gradients: [[inf, 0.0001000000005, nan, nan, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
