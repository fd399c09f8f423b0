import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { div } from "./div.ts";
import { exp } from "./exp.ts";
import { sigmoid } from "./sigmoid.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("sigmoid", {
  forward: {
    "of a vector": {
      f: (x) => sigmoid(x),
      inputs: [[0, 1, -1]],
      output: [0.5, 0.7310585786300049, 0.2689414213699951],
      tolerance: 1e-15,
    },
    "of integers, in float32": {
      f: (x) => sigmoid(x),
      inputs: [tensor([0], { dtype: "int32" })],
      output: [0.5],
    },
    "a tail too small for 1 + e⁻ˣ to matter keeps its digits": {
      f: (x) => div(sigmoid(x), exp(x)),
      inputs: [[-700, -40]],
      output: [1, 1],
      tolerance: 1e-15,
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => sigmoid(x),
      inputs: [
        [
          [0, 1.2],
          [-2.3, 5],
        ],
      ],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => sigmoid(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => sigmoid(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => sigmoid(x), inputs: [[]], output: [] },
  },
  kinks: {
    "±1e4 in float64": {
      f: (x) => sigmoid(x),
      inputs: [[-1e4, 0, 1e4]],
      output: [0, 0.5, 1],
      gradients: [[0, 0.25, 0]],
    },
    "±1e4 in float32": {
      f: (x) => sigmoid(x),
      inputs: [tensor([-1e4, 0, 1e4])],
      output: [0, 0.5, 1],
      gradients: [[0, 0.25, 0]],
    },
    "NaN and infinities": {
      f: (x) => sigmoid(x),
      inputs: [[nan, inf, -inf]],
      output: [nan, 1, 0],
      gradients: [[nan, 0, 0]],
    },
    "−100, where e⁻ˣ squared would overflow float32": {
      f: (x) => sigmoid(x),
      inputs: [[-100]],
      output: [3.720075976020836e-44],
      gradients: [[3.720075976020836e-44]],
      tolerance: 1e-58,
    },
  },
  errors: "it takes every shape and dtype",
});

describe("sigmoid: higher derivatives", () => {
  it("are σ′(1 − 2σ) and finite far out", () => {
    expect(derivatives(sigmoid, [-1e4, 0, 1e4], 3)).toEqual([
      [0, 0.5, 1],
      [0, 0.25, 0],
      [0, 0, 0],
      [0, -0.125, 0],
    ]);
  });
});
