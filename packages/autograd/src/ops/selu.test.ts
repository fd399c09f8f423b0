import { describeOp } from "../../test/describe-op.ts";
import { selu } from "./selu.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("selu", {
  forward: {
    "of a vector": {
      f: (x) => selu(x),
      inputs: [[-1, 0.5, -3]],
      output: [-1.1113307378125625, 0.5253504936777402, -1.6705687287671118],
      tolerance: 1e-15,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => selu(x),
      inputs: [
        [
          [-1.2, 0.3],
          [-0.4, 1.7],
        ],
      ],
    },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => selu(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, 0, 10507.009873554805, -1.7580993408473766, inf, -1.7580993408473766, nan],
      gradients: [
        [
          1.7580993408473766, 1.7580993408473766, 1.0507009873554805, 0, 1.0507009873554805, 0,
          1.0507009873554805,
        ],
      ],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => selu(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => selu(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => selu(x), inputs: [[]], output: [] },
  },
});
