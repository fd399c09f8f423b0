import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { atan } from "./atan.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("atan", {
  forward: {
    "of a vector": {
      f: (x) => atan(x),
      inputs: [[0.5, -1, 3]],
      output: [0.4636476090008061, -0.7853981633974483, 1.2490457723982544],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => atan(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.785398126, 1.10714877],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => atan(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(atan(x), atan(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => atan(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => atan(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => atan(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => atan(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 1.5706963267952299, -1.5706963267952299, 1.5707963267948966, -1.5707963267948966, nan],
      gradients: [[1, 1, 9.9999999e-9, 9.9999999e-9, 0, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
