import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { silu } from "./silu.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("silu", {
  forward: {
    "of a vector": {
      f: (x) => silu(x),
      inputs: [[0.5, -1, 3]],
      output: [0.3112296656009273, -0.2689414213699951, 2.8577223804672998],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => silu(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.731058598, 1.76159406],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => silu(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(silu(x), silu(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => silu(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => silu(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => silu(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => silu(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 10000, -0, inf, nan, nan],
      gradients: [[0.5, 0.5, 1, -0, nan, nan, nan]],
    },
  },
  errors: "any tensor will do",
});
