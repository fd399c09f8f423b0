import { tensor, zeros } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { describeOp } from "../../test/describe-op.ts";
import { grad } from "../backward.ts";
import { Variable } from "../variable.ts";
import { logSoftmax } from "./log-softmax.ts";
import { mul } from "./mul.ts";
import { slice } from "./slice.ts";

const rows = [
  [0.5, -1, 2],
  [1.5, 0, -0.5],
];
const { NaN: nan, NEGATIVE_INFINITY: low, POSITIVE_INFINITY: high } = Number;
const weights = tensor([1, 2, 3], { dtype: "float64" });

describeOp("logSoftmax", {
  forward: {
    "of logarithms": {
      f: (x) => logSoftmax(x),
      inputs: [[Math.log(1), Math.log(2), Math.log(5)]],
      output: [Math.log(1 / 8), Math.log(2 / 8), Math.log(5 / 8)],
      tolerance: 1e-15,
    },
    "along axis 0": {
      f: (x) => logSoftmax(x, 0),
      inputs: [
        [
          [1, 2],
          [1, 2],
        ],
      ],
      output: [
        [-Math.LN2, -Math.LN2],
        [-Math.LN2, -Math.LN2],
      ],
      tolerance: 1e-15,
    },
    "in float32": {
      f: (x) => logSoftmax(x),
      inputs: [tensor([1000, 1000])],
      output: [Math.fround(-Math.LN2), Math.fround(-Math.LN2)],
    },
    "of a scalar": { f: (x) => logSoftmax(x), inputs: [3], output: 0 },
  },
  smooth: {
    "along the last axis": { f: (x) => logSoftmax(x), inputs: [rows] },
    "along axis 0": { f: (x) => logSoftmax(x, 0), inputs: [rows] },
  },
  broadcasting: "there is one input",
  empty: {
    "3 × 0 along its empty axis": { f: (x) => logSoftmax(x), inputs: [[3, 0]], output: [3, 0] },
    "3 × 0 along the other": { f: (x) => logSoftmax(x, 0), inputs: [[3, 0]], output: [3, 0] },
    "1": { f: (x) => logSoftmax(x), inputs: [[1]], output: [1] },
  },
  kinks: {
    "one hot at ±10⁴": {
      f: (x) => mul(logSoftmax(x), weights),
      inputs: [[1e4, 0, -1e4]],
      output: [0, -2e4, -6e4],
      gradients: [[-5, 2, 3]],
    },
    "all equal at 10⁴": {
      f: (x) => mul(logSoftmax(x), weights),
      inputs: [[1e4, 1e4, 1e4]],
      output: [-Math.log(3), -2 * Math.log(3), -3 * Math.log(3)],
      gradients: [[-1, 0, 1]],
      tolerance: 1e-15,
    },
    "−∞ stays −∞": {
      f: (x) => mul(logSoftmax(x), weights),
      inputs: [[low, 0, 0]],
      output: [low, -2 * Math.LN2, -3 * Math.LN2],
      gradients: [[1, -1, 0]],
      tolerance: 1e-15,
    },
    "the likelihood of one class beside −∞": {
      f: (x) => slice(logSoftmax(x), 1),
      inputs: [[low, 0, 0]],
      output: -Math.LN2,
      gradients: [[0, 0.5, -0.5]],
      tolerance: 1e-15,
    },
    "a row that is all −∞": {
      f: (x) => logSoftmax(x),
      inputs: [[low, low]],
      output: [nan, nan],
      gradients: [[nan, nan]],
    },
    "+∞": { f: (x) => logSoftmax(x), inputs: [[high, 0]], output: [nan, nan], gradients: [[nan, nan]] },
    "NaN goes through": {
      f: (x) => logSoftmax(x),
      inputs: [[nan, 0]],
      output: [nan, nan],
      gradients: [[nan, nan]],
    },
  },
  errors: {
    "an axis that is not there": {
      run: () => logSoftmax(zeros([3]), 1 as never),
      message: "[logSoftmax] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});

it("logSoftmax's second derivative is finite at ±10⁴ and at −∞", () => {
  const x = new Variable(tensor([1e4, 1e4, -1e4, low], { dtype: "float64" }), { requiresGrad: true });
  const likelihood = slice(logSoftmax(x), 0);
  const [first] = grad(likelihood, [x], { createGraph: true });
  const second = grad(slice(first as Variable, 0), [x])[0]?.toArray() as number[];
  // d(1 − p₀)/dx = −p₀ (δ − p)
  for (const [i, expected] of [-0.25, 0.25, 0, 0].entries()) expect(second[i]).toBeCloseTo(expected, 14);
});
