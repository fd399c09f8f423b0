import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { abs } from "./abs.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("abs", {
  forward: {
    "of a vector": { f: (x) => abs(x), inputs: [[-2, 0, 3]], output: [2, 0, 3] },
    "of integers": { f: (x) => abs(x), inputs: [tensor([-2, 3], { dtype: "int32" })], output: [2, 3] },
  },
  smooth: {
    "of a matrix": {
      f: (x) => abs(x),
      inputs: [
        [
          [-1.2, 2.3],
          [0.4, -5],
        ],
      ],
    },
    cubed: { f: (x) => mul(abs(x), mul(x, x)), inputs: [[-1.2, 2.3]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => abs(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => abs(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => abs(x), inputs: [[]], output: [] },
  },
  kinks: {
    "the derivative at 0 is 0": {
      f: (x) => abs(x),
      inputs: [[0, -0]],
      output: [0, 0],
      gradients: [[0, 0]],
    },
    "NaN and infinities": {
      f: (x) => abs(x),
      inputs: [[nan, inf, -inf]],
      output: [nan, inf, inf],
      gradients: [[0, 1, -1]],
    },
  },
  errors: {
    "a bool": {
      run: () => abs(tensor([true])),
      message: '[abs] x is bool. Cast it first, for example with cast("int32").',
    },
  },
});

describe("abs: higher derivatives", () => {
  it("are 0, at 0 too", () => {
    expect(derivatives(abs, [-2, 0, 3], 3)).toEqual([
      [2, 0, 3],
      [-1, 0, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});
