import { describeOp } from "../../test/describe-op.ts";
import { atanh } from "./atanh.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("atanh", {
  forward: {
    "of a vector": {
      f: (x) => atanh(x),
      inputs: [[0.5, -0.25, 0.9]],
      output: [0.5493061443340548, -0.25541281188299536, 1.4722194895832204],
      tolerance: 1e-15,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => atanh(x),
      inputs: [
        [
          [0.6, -0.3],
          [0.4, -0.9],
        ],
      ],
    },
    squared: { f: (x) => mul(atanh(x), atanh(x)), inputs: [[-0.3, 0.8]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => atanh(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => atanh(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => atanh(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => atanh(x),
      inputs: [[0, -0, 1, -1, nan]],
      output: [0, -0, inf, -inf, nan],
      gradients: [[1, 1, inf, inf, nan]],
    },
  },
  errors: "any tensor will do",
});
