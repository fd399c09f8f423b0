import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { neg } from "./neg.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("neg", {
  forward: {
    "of a vector": { f: (x) => neg(x), inputs: [[1, -2, 0]], output: [-1, 2, -0] },
    "of integers": { f: (x) => neg(x), inputs: [tensor([1, -2], { dtype: "int32" })], output: [-1, 2] },
  },
  smooth: {
    "of a matrix": {
      f: (x) => neg(x),
      inputs: [
        [
          [1.2, -2.3],
          [0.4, 0],
        ],
      ],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => neg(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => neg(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => neg(x), inputs: [[]], output: [] },
  },
  kinks: {
    "NaN and infinities": {
      f: (x) => neg(x),
      inputs: [[nan, inf, -inf]],
      output: [nan, -inf, inf],
      gradients: [[-1, -1, -1]],
    },
  },
  errors: {
    "a bool": {
      run: () => neg(tensor([true])),
      message: '[neg] x is bool. Cast it first, for example with cast("int32").',
    },
  },
});
