import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { cos } from "./cos.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("cos", {
  forward: {
    "of a vector": {
      f: (x) => cos(x),
      inputs: [[0.5, -1, 3]],
      output: [0.8775825618903728, 0.5403023058681398, -0.9899924966004454],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => cos(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.540302336, -0.416146845],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => cos(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(cos(x), cos(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => cos(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => cos(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => cos(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => cos(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [1, 1, -0.9521553682590148, -0.9521553682590148, nan, nan, nan],
      gradients: [[-0, 0, 0.30561438888825215, -0.30561438888825215, nan, nan, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
