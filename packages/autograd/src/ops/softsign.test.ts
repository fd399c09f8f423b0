import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { softsign } from "./softsign.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("softsign", {
  forward: {
    "of a vector": {
      f: (x) => softsign(x),
      inputs: [[0.5, -1, 3]],
      output: [0.3333333333333333, -0.5, 0.75],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => softsign(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.5, 0.666666687],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => softsign(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(softsign(x), softsign(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => softsign(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => softsign(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => softsign(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => softsign(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 0.9999000099990001, -0.9999000099990001, nan, nan, nan],
      gradients: [[1, 1, 9.998000299960897e-9, 9.998000299960897e-9, 0, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
