import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { acos } from "./acos.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("acos", {
  forward: {
    "of a vector": {
      f: (x) => acos(x),
      inputs: [[0.5, -1, 0.3]],
      output: [1.0471975511965976, Math.PI, 1.2661036727794992],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => acos(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0, nan],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => acos(x),
      inputs: [
        [
          [0.6, -0.3],
          [0.4, -0.9],
        ],
      ],
    },
    squared: { f: (x) => mul(acos(x), acos(x)), inputs: [[-0.3, 0.8]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => acos(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => acos(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => acos(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => acos(x),
      inputs: [[0, -0, 1, -1, 2, -2, nan]],
      output: [1.5707963267948966, 1.5707963267948966, 0, Math.PI, nan, nan, nan],
      gradients: [[-1, -1, -inf, -inf, nan, nan, nan]],
    },
  },
  errors: "any tensor will do",
});
