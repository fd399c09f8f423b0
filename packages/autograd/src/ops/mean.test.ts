import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mean } from "./mean.ts";

const rows = [
  [1, 2, 3],
  [5, 6, 10],
];

describeOp("mean", {
  forward: {
    "over all axes": { f: (x) => mean(x), inputs: [rows], output: 4.5 },
    "over one": { f: (x) => mean(x, 1), inputs: [rows], output: [2, 7] },
    keepDims: { f: (x) => mean(x, [0], { keepDims: true }), inputs: [rows], output: [[3, 4, 6.5]] },
    "in float32": { f: (x) => mean(x), inputs: [tensor([2 ** 24, 1, 1, 2])], output: 2 ** 22 + 1 },
  },
  smooth: {
    "over all axes": { f: (x) => mean(x), inputs: [rows] },
    "over one": { f: (x) => mean(x, -1), inputs: [rows] },
    "over one, kept": { f: (x) => mean(x, 0, { keepDims: true }), inputs: [rows] },
    "of a scalar": { f: (x) => mean(x), inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => mean(x, 0), inputs: [[0, 3]], output: [3] },
    "0 × 3 over the other": { f: (x) => mean(x, 1), inputs: [[0, 3]], output: [0] },
    "1": { f: (x) => mean(x), inputs: [[1]], output: [] },
  },
  kinks: {
    "of nothing": { f: (x) => mean(x), inputs: [[]], output: Number.NaN, gradients: [[]] },
    "NaN goes through": {
      f: (x) => mean(x),
      inputs: [[Number.NaN, 1, 2, 3]],
      output: Number.NaN,
      gradients: [[0.25, 0.25, 0.25, 0.25]],
    },
  },
  errors: {
    "of integers": {
      run: () => mean(zeros([2], { dtype: "int32" })),
      message: '[mean] x is int32. A mean takes float32 or float64; use cast("float32").',
    },
  },
});
