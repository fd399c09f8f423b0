import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { erf } from "./erf.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("erf", {
  forward: {
    "of a vector": {
      f: (x) => erf(x),
      inputs: [[0.5, -1, 3]],
      output: [0.5204998778130465, -0.8427007929497149, 0.9999779095030014],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => erf(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.842700779, 0.995322287],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => erf(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(erf(x), erf(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => erf(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => erf(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => erf(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => erf(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 1, -1, 1, -1, nan],
      gradients: [[1.1283791670955126, 1.1283791670955126, 0, 0, 0, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
