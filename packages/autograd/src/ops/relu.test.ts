import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { relu } from "./relu.ts";
import { sqrt } from "./sqrt.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("relu", {
  forward: {
    "of a vector": { f: (x) => relu(x), inputs: [[-1, 0, 2]], output: [0, 0, 2] },
    "of integers": { f: (x) => relu(x), inputs: [tensor([-1, 2], { dtype: "int32" })], output: [0, 2] },
  },
  smooth: {
    "of a matrix": {
      f: (x) => relu(x),
      inputs: [
        [
          [-1.2, 2.3],
          [0.4, -5],
        ],
      ],
    },
    squared: { f: (x) => mul(relu(x), relu(x)), inputs: [[-1.2, 2.3, 0.4]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => relu(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => relu(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => relu(x), inputs: [[]], output: [] },
  },
  kinks: {
    "the derivative at 0 is 0": {
      f: (x) => relu(x),
      inputs: [[0, -0]],
      output: [0, 0],
      gradients: [[0, 0]],
    },
    "NaN goes through with its gradient": {
      f: (x) => relu(x),
      inputs: [[nan, inf, -inf]],
      output: [nan, inf, 0],
      gradients: [[1, 1, 0]],
    },
    "an infinite gradient stays out where x ≤ 0": {
      f: (x) => sqrt(relu(x)),
      inputs: [[-1, 0]],
      output: [0, 0],
      gradients: [[0, 0]],
    },
    float32: {
      f: (x) => relu(x),
      inputs: [tensor([-1e4, 0, 1e4])],
      output: [0, 0, 1e4],
      gradients: [[0, 0, 1]],
    },
  },
  errors: "it takes every shape and dtype",
});

describe("relu: higher derivatives", () => {
  it("are 0, at 0 too", () => {
    expect(derivatives(relu, [-2, 0, 3], 3)).toEqual([
      [0, 0, 3],
      [0, 0, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("of its square are 2·relu and 2 beyond the kink, and 0 at it", () => {
    expect(derivatives((x) => mul(relu(x), relu(x)), [-2, 0, 3], 2)).toEqual([
      [0, 0, 9],
      [0, 0, 6],
      [0, 0, 2],
    ]);
  });
});
