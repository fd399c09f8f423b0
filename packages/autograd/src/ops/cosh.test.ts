import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { cosh } from "./cosh.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("cosh", {
  forward: {
    "of a vector": {
      f: (x) => cosh(x),
      inputs: [[0.5, -1, 3]],
      output: [1.1276259652063807, 1.5430806348152437, 10.067661995777765],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => cosh(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1.54308057, 3.76219583],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => cosh(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(cosh(x), cosh(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => cosh(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => cosh(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => cosh(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => cosh(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [1, 1, inf, inf, inf, inf, nan],
      gradients: [[0, -0, inf, -inf, inf, -inf, nan]],
    },
  },
  errors: "any tensor will do",
});
