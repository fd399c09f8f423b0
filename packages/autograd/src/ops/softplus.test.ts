import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { softplus } from "./softplus.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("softplus", {
  forward: {
    "of a vector": {
      f: (x) => softplus(x),
      inputs: [[0, 1, -1, 30]],
      output: [Math.LN2, 1.3132616875182228, 0.31326168751822286, 30 + Math.exp(-30)],
      tolerance: 1e-15,
    },
    "of integers, in float32": {
      f: (x) => softplus(x),
      inputs: [tensor([0], { dtype: "int32" })],
      output: [Math.fround(Math.LN2)],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => softplus(x),
      inputs: [
        [
          [0, 1.2],
          [-2.3, 25],
        ],
      ],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => softplus(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => softplus(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => softplus(x), inputs: [[]], output: [] },
  },
  kinks: {
    "±1e4 in float64": {
      f: (x) => softplus(x),
      inputs: [[-1e4, 0, 1e4]],
      output: [0, Math.LN2, 1e4],
      gradients: [[0, 0.5, 1]],
    },
    "±1e4 in float32": {
      f: (x) => softplus(x),
      inputs: [tensor([-1e4, 0, 1e4])],
      output: [0, Math.fround(Math.LN2), 1e4],
      gradients: [[0, 0.5, 1]],
    },
    "NaN and infinities": {
      f: (x) => softplus(x),
      inputs: [[nan, inf, -inf]],
      output: [nan, inf, 0],
      gradients: [[nan, 1, 0]],
    },
  },
  errors: "it takes every shape and dtype",
});

describe("softplus: higher derivatives", () => {
  it("are those of the sigmoid, and finite far out", () => {
    expect(derivatives(softplus, [-1e4, 0, 1e4], 3)).toEqual([
      [0, Math.LN2, 1e4],
      [0, 0.5, 1],
      [0, 0.25, 0],
      [0, 0, 0],
    ]);
  });
});
