import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { hardtanh } from "./hardtanh.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("hardtanh", {
  forward: {
    "of a vector": { f: (x) => hardtanh(x), inputs: [[-2, 0.5, 2]], output: [-1, 0.5, 1] },
    "with bounds": { f: (x) => hardtanh(x, { min: 0, max: 6 }), inputs: [[-2, 0.5, 7]], output: [0, 0.5, 6] },
    "of integers": { f: (x) => hardtanh(x), inputs: [tensor([-3, 3], { dtype: "int32" })], output: [-1, 1] },
  },
  smooth: {
    "of a matrix": {
      f: (x) => hardtanh(x),
      inputs: [
        [
          [-1.2, 0.3],
          [-0.4, 1.7],
        ],
      ],
    },
    squared: { f: (x) => mul(hardtanh(x), hardtanh(x, { max: 2 })), inputs: [[-1.2, 0.3, 1.5]] },
  },
  kinks: {
    "the derivative at a bound, and at NaN, is 0": {
      f: (x) => hardtanh(x),
      inputs: [[-2, -1, 0, 1, 2, -0, 10000, inf, -inf, nan]],
      output: [-1, -1, 0, 1, 1, -0, 1, 1, -1, nan],
      gradients: [[0, 0, 1, 0, 0, 1, 0, 0, 0, 0]],
    },
  },
  errors: {
    "an unknown option": {
      run: () => hardtanh(tensor([1]), { low: 1 } as never),
      message: '[hardtanh] unknown option "low". Known options: min, max.',
    },
    "a bound that integers cannot meet": {
      run: () => hardtanh(tensor([1], { dtype: "int32" }), { max: 2.5 }),
      message:
        '[hardtanh] the number 2.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => hardtanh(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => hardtanh(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => hardtanh(x), inputs: [[]], output: [] },
  },
});
