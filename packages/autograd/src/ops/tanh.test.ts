import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { tanh } from "./tanh.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("tanh", {
  forward: {
    "of a vector": {
      f: (x) => tanh(x),
      inputs: [[0, 1, -1]],
      output: [0, 0.7615941559557649, -0.7615941559557649],
      tolerance: 1e-15,
    },
    "of integers, in float32": { f: (x) => tanh(x), inputs: [tensor([0], { dtype: "int32" })], output: [0] },
  },
  smooth: {
    "of a matrix": {
      f: (x) => tanh(x),
      inputs: [
        [
          [0, 1.2],
          [-2.3, 3],
        ],
      ],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => tanh(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => tanh(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => tanh(x), inputs: [[]], output: [] },
  },
  kinks: {
    "±1e4 in float64": {
      f: (x) => tanh(x),
      inputs: [[-1e4, 0, 1e4]],
      output: [-1, 0, 1],
      gradients: [[0, 1, 0]],
    },
    "±1e4 in float32": {
      f: (x) => tanh(x),
      inputs: [tensor([-1e4, 0, 1e4])],
      output: [-1, 0, 1],
      gradients: [[0, 1, 0]],
    },
    "NaN and infinities": {
      f: (x) => tanh(x),
      inputs: [[nan, inf, -inf]],
      output: [nan, 1, -1],
      gradients: [[nan, 0, 0]],
    },
  },
  errors: "it takes every shape and dtype",
});

describe("tanh: higher derivatives", () => {
  it("are −2y(1 − y²) and finite far out", () => {
    expect(derivatives(tanh, [-1e4, 0, 1e4], 3)).toEqual([
      [-1, 0, 1],
      [0, 1, 0],
      [0, 0, 0],
      [0, -2, 0],
    ]);
  });
});
