import { tensor, zeros } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { describeOp } from "../../test/describe-op.ts";
import { grad } from "../backward.ts";
import { Variable } from "../variable.ts";
import { mul } from "./mul.ts";
import { slice } from "./slice.ts";
import { softmax } from "./softmax.ts";
import { sum } from "./sum.ts";

const rows = [
  [0.5, -1, 2],
  [1.5, 0, -0.5],
];
const { NaN: nan, NEGATIVE_INFINITY: low, POSITIVE_INFINITY: high } = Number;
/** The gradient of the bare sum is 0, since the sum is always 1. */
const weights = tensor([1, 2, 3], { dtype: "float64" });

describeOp("softmax", {
  forward: {
    "of logarithms is their share": {
      f: (x) => softmax(x),
      inputs: [[Math.log(1), Math.log(2), Math.log(5)]],
      output: [1 / 8, 2 / 8, 5 / 8],
      tolerance: 1e-15,
    },
    "along axis 0": {
      f: (x) => softmax(x, 0),
      inputs: [
        [
          [1, 2],
          [1, 2],
        ],
      ],
      output: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    },
    "in float32": { f: (x) => softmax(x), inputs: [tensor([1000, 1000])], output: [0.5, 0.5] },
    "of a scalar": { f: (x) => softmax(x), inputs: [3], output: 1 },
  },
  smooth: {
    "along the last axis": { f: (x) => softmax(x), inputs: [rows] },
    "along axis 0": { f: (x) => softmax(x, 0), inputs: [rows] },
  },
  broadcasting: "there is one input",
  empty: {
    "3 × 0 along its empty axis": { f: (x) => softmax(x), inputs: [[3, 0]], output: [3, 0] },
    "3 × 0 along the other": { f: (x) => softmax(x, 0), inputs: [[3, 0]], output: [3, 0] },
    "1": { f: (x) => softmax(x), inputs: [[1]], output: [1] },
  },
  kinks: {
    "one hot at ±10⁴": {
      f: (x) => mul(softmax(x), weights),
      inputs: [[1e4, 0, -1e4]],
      output: [1, 0, 0],
      gradients: [[0, 0, 0]],
    },
    "all equal at 10⁴": {
      f: (x) => mul(softmax(x), weights),
      inputs: [[1e4, 1e4, 1e4]],
      output: [1 / 3, 2 / 3, 1],
      gradients: [[-1 / 3, 0, 1 / 3]],
      tolerance: 1e-15,
    },
    "−∞ gets nothing": {
      f: (x) => mul(softmax(x), weights),
      inputs: [[low, 0, 0]],
      output: [0, 1, 1.5],
      gradients: [[-0, -0.25, 0.25]],
    },
    "a row that is all −∞": {
      f: (x) => mul(softmax(x), weights),
      inputs: [
        [
          [low, low, low],
          [0, low, low],
        ],
      ],
      output: [
        [nan, nan, nan],
        [1, 0, 0],
      ],
      gradients: [
        [
          [nan, nan, nan],
          [0, 0, 0],
        ],
      ],
    },
    "+∞": { f: (x) => softmax(x), inputs: [[high, 0]], output: [nan, nan], gradients: [[nan, nan]] },
    "NaN goes through": {
      f: (x) => softmax(x),
      inputs: [[nan, 0]],
      output: [nan, nan],
      gradients: [[nan, nan]],
    },
  },
  errors: {
    "an axis that is not there": {
      run: () => softmax(zeros([3]), 1 as never),
      message: "[softmax] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});

it("softmax's second derivative is finite at ±10⁴ and at −∞", () => {
  const x = new Variable(tensor([1e4, 1e4, 1e4, -1e4, low], { dtype: "float64" }), { requiresGrad: true });
  const total = sum(mul(softmax(x), tensor([1, 3, 8, 5, 7])));
  const [first] = grad(total, [x], { createGraph: true });
  const second = grad(slice(first as Variable, 0), [x])[0]?.toArray() as number[];
  // With s = Σ w·y = 4: ∂²/∂x₀∂xⱼ = y₀ (δ₀ⱼ − yⱼ) (w₀ − s) − y₀ yⱼ (wⱼ − s)
  for (const [j, expected] of [-1 / 3, 4 / 9, -1 / 9, 0, 0].entries())
    expect(second[j]).toBeCloseTo(expected, 14);
});
