import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mish } from "./mish.ts";
import { mul } from "./mul.ts";

const nan = Number.NaN;

describeOp("mish", {
  forward: {
    "of a vector": {
      f: (x) => mish(x),
      inputs: [[0.5, -1, 3]],
      output: [0.3752452113048951, -0.30340146137410895, 2.9865350049679575],
      tolerance: 1e-15,
    },
    "of integers, as float32": {
      f: (x) => mish(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0.865098357, 1.943959],
      tolerance: 1e-7,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => mish(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(mish(x), mish(x)), inputs: [[-0.7, 1.1]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => mish(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => mish(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => mish(x), inputs: [[]], output: [] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => mish(x),
      inputs: [[0, -0, 10000, -10000, nan]],
      output: [0, -0, 10000, -0, nan],
      gradients: [[0.6, 0.6, 1, 0, nan]],
      tolerance: 1e-15,
    },
  },
  errors: "any tensor will do",
});
