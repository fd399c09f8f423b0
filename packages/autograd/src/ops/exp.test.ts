import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { exp } from "./exp.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("exp", {
  forward: {
    "of a vector": {
      f: (x) => exp(x),
      inputs: [[0, 1, -1]],
      output: [1, Math.E, 1 / Math.E],
      tolerance: 1e-15,
    },
    "of integers, in float32": {
      f: (x) => exp(x),
      inputs: [tensor([0, 1], { dtype: "int32" })],
      output: [1, Math.fround(Math.E)],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => exp(x),
      inputs: [
        [
          [0, 1.2],
          [-2.3, 0.4],
        ],
      ],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => exp(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => exp(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => exp(x), inputs: [[]], output: [] },
  },
  kinks: {
    "underflow, overflow, infinities and NaN": {
      f: (x) => exp(x),
      inputs: [[-1e4, 1e4, -inf, inf, nan]],
      output: [0, inf, 0, inf, nan],
      gradients: [[0, inf, 0, inf, nan]],
    },
    float32: {
      f: (x) => exp(x),
      inputs: [tensor([-1e4, 0, 1e4])],
      output: [0, 1, inf],
      gradients: [[0, 1, inf]],
    },
  },
  errors: "it takes every shape and dtype",
});

describe("exp: higher derivatives", () => {
  it("are eˣ", () => {
    expect(derivatives(exp, [0], 4)).toEqual([[1], [1], [1], [1], [1]]);
  });
});
