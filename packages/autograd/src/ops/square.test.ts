import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("square", {
  forward: {
    "of a vector": { f: (x) => square(x), inputs: [[4, -0.5, 3]], output: [16, 0.25, 9], tolerance: 1e-15 },
    "of integers, as float32": {
      f: (x) => square(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [1, 4],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => square(x),
      inputs: [
        [
          [0.6, -0.3],
          [1.4, 5],
        ],
      ],
    },
    squared: { f: (x) => mul(square(x), square(x)), inputs: [[-0.3, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => square(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => square(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => square(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => square(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, 0, 100000000, 100000000, inf, inf, nan],
      gradients: [[0, -0, 20000, -20000, inf, -inf, nan]],
    },
  },
  errors: "any tensor will do",
});
