import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { sqrt } from "./sqrt.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("sqrt", {
  forward: {
    "of a vector": { f: (x) => sqrt(x), inputs: [[4, 9, 2]], output: [2, 3, Math.SQRT2] },
    "of integers, in float32": {
      f: (x) => sqrt(x),
      inputs: [tensor([2, 16], { dtype: "uint8" })],
      output: [Math.fround(Math.SQRT2), 4],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => sqrt(x),
      inputs: [
        [
          [0.3, 1.2],
          [2.3, 40],
        ],
      ],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => sqrt(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => sqrt(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => sqrt(x), inputs: [[]], output: [] },
  },
  kinks: {
    "the derivative at 0 is ∞": {
      f: (x) => sqrt(x),
      inputs: [[0, 4]],
      output: [0, 2],
      gradients: [[inf, 0.25]],
    },
    "below 0, infinity and NaN": {
      f: (x) => sqrt(x),
      inputs: [[-1, inf, nan]],
      output: [nan, inf, nan],
      gradients: [[nan, 0, nan]],
    },
    "no gradient, 0 · ∞, is NaN as in PyTorch": {
      f: (x) => mul(sqrt(x), 0),
      inputs: [[0]],
      output: [0],
      gradients: [[nan]],
    },
  },
  errors: "it takes every shape and dtype",
});

describe("sqrt: higher derivatives", () => {
  it("are 1/2√x, −1/4√x³, and infinite at 0", () => {
    expect(derivatives(sqrt, [0, 4], 2)).toEqual([
      [0, 2],
      [inf, 0.25],
      [-inf, -1 / 32],
    ]);
  });
});
