import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { hardsigmoid } from "./hardsigmoid.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("hardsigmoid", {
  forward: {
    "of a vector": {
      f: (x) => hardsigmoid(x),
      inputs: [[0, -1.5, 2]],
      output: [0.5, 0.25, 0.8333333333333334],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => hardsigmoid(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.666666687, 0.833333313],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => hardsigmoid(x),
      inputs: [
        [
          [-1.2, 0.3],
          [-4, 3.5],
        ],
      ],
    },
    squared: { f: (x) => mul(hardsigmoid(x), hardsigmoid(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => hardsigmoid(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => hardsigmoid(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => hardsigmoid(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => hardsigmoid(x),
      inputs: [[3, -3, 10000, -10000, inf, -inf, nan]],
      output: [1, 0, 1, 0, 1, 0, nan],
      gradients: [[0, 0, 0, 0, 0, 0, 0]],
    },
  },
  errors: "any tensor will do",
});
