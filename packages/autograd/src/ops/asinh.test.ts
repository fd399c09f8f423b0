import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { asinh } from "./asinh.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("asinh", {
  forward: {
    "of a vector": {
      f: (x) => asinh(x),
      inputs: [[0.5, -1, 3]],
      output: [0.48121182505960347, -0.881373587019543, 1.8184464592320668],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => asinh(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.881373584, 1.44363546],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => asinh(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(asinh(x), asinh(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => asinh(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => asinh(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => asinh(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => asinh(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 9.903487555036127, -9.903487555036127, inf, -inf, nan],
      gradients: [[1, 1, 9.99999995e-5, 9.99999995e-5, 0, 0, nan]],
      tolerance: 1e-15,
    },
    "huge numbers": {
      f: (x) => asinh(x),
      inputs: [[1e200, -1e200]],
      output: [461.2101657793691, -461.2101657793691],
      gradients: [[1e-200, 1e-200]],
    },
  },
  errors: "any tensor will do",
});
