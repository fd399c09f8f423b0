import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { std } from "./std.ts";

const nan = Number.NaN;
const block = arange(0, 1.2, 0.1, { dtype: "float64" })
  .reshape([2, 3, 2])
  .mul(arange(1, 3, 1, { dtype: "float64" }));

describeOp("std", {
  forward: {
    "of a sample": { f: (x) => std(x), inputs: [[1, 2, 3, 6]], output: Math.sqrt(14 / 3), tolerance: 1e-15 },
    "of all there is, along an axis": {
      f: (x) => std(x, 1, { correction: 0, keepDims: true }),
      inputs: [
        [
          [1, 3],
          [2, 6],
        ],
      ],
      output: [[1], [2]],
    },
  },
  smooth: {
    "over outer and inner axes": { f: (x) => std(x, [0, 2]), inputs: [block] },
    "over one, not corrected": { f: (x) => std(x, 1, { correction: 0 }), inputs: [block] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over the other axis": { f: (x) => std(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => std(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "of equal elements the gradient is 0": {
      f: (x) => std(x),
      inputs: [[3, 3]],
      output: 0,
      gradients: [[0, 0]],
    },
    "a sample of one has none": { f: (x) => std(x), inputs: [[3]], output: nan, gradients: [[nan]] },
    "a NaN goes through": { f: (x) => std(x), inputs: [[1, nan]], output: nan, gradients: [[nan, nan]] },
  },
  errors: {
    "an axis twice": {
      run: () => std(zeros([2, 3]), [0, -2] as never),
      message: "[std] axis 0 is named twice in [0, -2]. Name each axis once.",
    },
  },
});
