import { arange, tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { variance } from "./variance.ts";

const nan = Number.NaN;
const block = arange(0, 1.2, 0.1, { dtype: "float64" })
  .reshape([2, 3, 2])
  .mul(arange(1, 3, 1, { dtype: "float64" }));

describeOp("variance", {
  forward: {
    "of a sample": { f: (x) => variance(x), inputs: [[1, 2, 3, 6]], output: 14 / 3, tolerance: 1e-15 },
    "of all there is": { f: (x) => variance(x, 0, { correction: 0 }), inputs: [[1, 2, 3, 6]], output: 3.5 },
    "over several axes, kept": {
      f: (x) => variance(x, [0, 1], { keepDims: true }),
      inputs: [
        [
          [1, 2],
          [3, 6],
        ],
      ],
      output: [[14 / 3]],
      tolerance: 1e-15,
    },
    "a large common part does no harm": {
      f: (x) => variance(x),
      inputs: [[1e9 + 1, 1e9 + 2, 1e9 + 3]],
      output: 1,
    },
  },
  smooth: {
    "over outer and inner axes": { f: (x) => variance(x, [0, 2]), inputs: [block] },
    "over one, kept, not corrected": {
      f: (x) => variance(x, 1, { correction: 0, keepDims: true }),
      inputs: [block],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => variance(x, 0), inputs: [[0, 3]], output: [3] },
    "0 × 3 over the other": { f: (x) => variance(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => variance(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "of equal elements": { f: (x) => variance(x), inputs: [[3, 3]], output: 0, gradients: [[0, 0]] },
    "a sample of one has none": { f: (x) => variance(x), inputs: [[3]], output: nan, gradients: [[nan]] },
    "one of one is 0": {
      f: (x) => variance(x, 0, { correction: 0 }),
      inputs: [[3]],
      output: 0,
      gradients: [[0]],
    },
  },
  errors: {
    integers: {
      run: () => variance(tensor([1, 2], { dtype: "int32" })),
      message: '[variance] x is int32. It takes float32 or float64; use cast("float32").',
    },
    "an option that is none": {
      run: () => variance(zeros([2]), 0, { ddof: 1 } as never),
      message: '[variance] unknown option "ddof". Known options: keepDims, correction.',
    },
  },
});
