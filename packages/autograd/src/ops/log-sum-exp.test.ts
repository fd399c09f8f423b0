import { tensor, zeros } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { describeOp } from "../../test/describe-op.ts";
import { grad } from "../backward.ts";
import { Variable } from "../variable.ts";
import { logSumExp } from "./log-sum-exp.ts";
import { mul } from "./mul.ts";
import { sum } from "./sum.ts";

const rows = [
  [0.5, -1, 2],
  [1.5, 0, -0.5],
];
const { NaN: nan, NEGATIVE_INFINITY: low, POSITIVE_INFINITY: high } = Number;

describeOp("logSumExp", {
  forward: {
    "of logarithms is the logarithm of the sum": {
      f: (x) => logSumExp(x),
      inputs: [[Math.log(1), Math.log(2), Math.log(5)]],
      output: Math.log(8),
      tolerance: 1e-15,
    },
    "along one axis": {
      f: (x) => logSumExp(x, 1),
      inputs: [
        [
          [0, 0],
          [3, 3],
        ],
      ],
      output: [Math.LN2, 3 + Math.LN2],
      tolerance: 1e-15,
    },
    "over a list, kept": {
      f: (x) => logSumExp(x, [0], { keepDims: true }),
      inputs: [
        [
          [0, 0],
          [0, 0],
        ],
      ],
      output: [[Math.LN2, Math.LN2]],
      tolerance: 1e-15,
    },
    "in float32": {
      f: (x) => logSumExp(x),
      inputs: [tensor([1000, 1000])],
      output: Math.fround(1000 + Math.LN2),
    },
    "of one number is the number": { f: (x) => logSumExp(x), inputs: [[-1e4]], output: -1e4 },
  },
  smooth: {
    "over all elements": { f: (x) => logSumExp(x), inputs: [rows] },
    "along one axis": { f: (x) => logSumExp(x, -1), inputs: [rows] },
    "over a list, kept": { f: (x) => logSumExp(x, [0], { keepDims: true }), inputs: [rows] },
    "of a scalar": { f: (x) => logSumExp(x, 0), inputs: [2] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => logSumExp(x, 0), inputs: [[0, 3]], output: [3] },
    "0 × 3 over the other": { f: (x) => logSumExp(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => logSumExp(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "of nothing": { f: (x) => logSumExp(x), inputs: [[]], output: low, gradients: [[]] },
    "all equal at 10⁴": {
      f: (x) => logSumExp(x),
      inputs: [[1e4, 1e4, 1e4, 1e4]],
      output: 1e4 + Math.log(4),
      gradients: [[0.25, 0.25, 0.25, 0.25]],
      tolerance: 1e-12,
    },
    "all equal at −10⁴": {
      f: (x) => logSumExp(x),
      inputs: [[-1e4, -1e4]],
      output: -1e4 + Math.LN2,
      gradients: [[0.5, 0.5]],
      tolerance: 1e-12,
    },
    "one hot": { f: (x) => logSumExp(x), inputs: [[1e4, -1e4, 0]], output: 1e4, gradients: [[1, 0, 0]] },
    "−∞ counts for nothing": {
      f: (x) => logSumExp(x),
      inputs: [[low, 0, 0]],
      output: Math.LN2,
      gradients: [[0, 0.5, 0.5]],
      tolerance: 1e-15,
    },
    "a row that is all −∞": {
      f: (x) => logSumExp(x, 1),
      inputs: [
        [
          [low, low],
          [0, low],
        ],
      ],
      output: [low, 0],
      gradients: [
        [
          [nan, nan],
          [1, 0],
        ],
      ],
    },
    "+∞": { f: (x) => logSumExp(x), inputs: [[high, 0]], output: high, gradients: [[nan, 0]] },
    "NaN goes through": { f: (x) => logSumExp(x), inputs: [[nan, 0]], output: nan, gradients: [[nan, nan]] },
  },
  errors: {
    "an axis that is not there": {
      run: () => logSumExp(zeros([3]), 1 as never),
      message: "[logSumExp] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});

it("logSumExp's second derivative at ±10⁴ is diag(p) − p·pᵀ", () => {
  const x = new Variable(tensor([1e4, -1e4, 1e4], { dtype: "float64" }), { requiresGrad: true });
  const [first] = grad(logSumExp(x), [x], { createGraph: true });
  const second = grad(sum(mul(first as Variable, tensor([1, 0, 0]))) as Variable, [
    x,
  ])[0]?.toArray() as number[];
  for (const [i, expected] of [0.25, 0, -0.25].entries()) expect(second[i]).toBeCloseTo(expected, 11);
});
