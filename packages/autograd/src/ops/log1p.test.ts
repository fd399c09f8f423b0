import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { log1p } from "./log1p.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("log1p", {
  forward: {
    "of a vector": {
      f: (x) => log1p(x),
      inputs: [[1e-10, -0.5, 2]],
      output: [9.999999999500001e-11, -Math.LN2, 1.0986122886681098],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => log1p(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.693147182, 1.09861231],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => log1p(x),
      inputs: [
        [
          [-0.6, 0.3],
          [0.4, 5],
        ],
      ],
    },
    squared: { f: (x) => mul(log1p(x), log1p(x)), inputs: [[-0.3, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => log1p(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => log1p(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => log1p(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => log1p(x),
      inputs: [[0, -0, -1, -2, inf, nan]],
      output: [0, -0, -inf, nan, inf, nan],
      gradients: [[1, 1, inf, -1, 0, nan]],
    },
  },
  errors: "any tensor will do",
});
