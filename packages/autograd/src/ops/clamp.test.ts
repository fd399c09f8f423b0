import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { add } from "./add.ts";
import { clamp } from "./clamp.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("clamp", {
  forward: {
    "between two bounds": {
      f: (x) => clamp(x, { min: 0, max: 1 }),
      inputs: [[-2, 0.5, 2]],
      output: [0, 0.5, 1],
    },
    "from below": { f: (x) => clamp(x, { min: 0 }), inputs: [[-2, 0.5, 2]], output: [0, 0.5, 2] },
    "from above": { f: (x) => clamp(x, { max: 1 }), inputs: [[-2, 0.5, 2]], output: [-2, 0.5, 1] },
    "with min above max, which gives max": {
      f: (x) => clamp(x, { min: 2, max: 1 }),
      inputs: [[0, 1.5, 3]],
      output: [1, 1, 1],
    },
    "of integers": {
      f: (x) => clamp(x, { min: 0, max: 9 }),
      inputs: [tensor([-1, 5, 10], { dtype: "int32" })],
      output: [0, 5, 9],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => clamp(x, { min: 0, max: 1 }),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 5],
        ],
      ],
    },
    squared: {
      f: (x) => mul(clamp(x, { min: 0.1 }), clamp(x, { max: 1 })),
      inputs: [[-1.2, 0.3, 0.4, 5]],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => clamp(x, { min: 0, max: 1 }), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => clamp(x, { min: 0, max: 1 }), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => clamp(x, { min: 0, max: 1 }), inputs: [[]], output: [] },
  },
  kinks: {
    "the derivative at a bound is 1": {
      f: (x) => clamp(x, { min: 0, max: 1 }),
      inputs: [[-1, 0, 0.5, 1, 2]],
      output: [0, 0, 0.5, 1, 1],
      gradients: [[0, 1, 1, 1, 0]],
    },
    "at the one bound given": {
      f: (x) => add(clamp(x, { min: 1 }), clamp(x, { max: 1 })),
      inputs: [[0, 1, 2]],
      output: [1, 2, 3],
      gradients: [[1, 2, 1]],
    },
    "with min above max there is no gradient": {
      f: (x) => clamp(x, { min: 2, max: 1 }),
      inputs: [[0, 1, 1.5, 2]],
      output: [1, 1, 1, 1],
      gradients: [[0, 0, 0, 0]],
    },
    "NaN stays NaN and gets no gradient": {
      f: (x) => clamp(x, { min: 0 }),
      inputs: [[nan, inf, -inf]],
      output: [nan, inf, 0],
      gradients: [[0, 1, 0]],
    },
    "a bound in float32 is met where x is the same number": {
      f: (x) => clamp(x, { min: 0.1 }),
      inputs: [tensor([0.1])],
      output: [Math.fround(0.1)],
      gradients: [[1]],
    },
  },
  errors: {
    "no bound": {
      run: () => clamp(zeros([1]), {}),
      message: "[clamp] neither min nor max is given. Give at least one of them.",
    },
    "an unknown option": {
      run: () => clamp(zeros([1]), { low: 0 } as never),
      message: '[clamp] unknown option "low". Known options: min, max.',
    },
    "integers and a fractional bound": {
      run: () => clamp(tensor([1], { dtype: "int32" }), { max: 2.5 }),
      message:
        '[clamp] the number 2.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
});

describe("clamp: higher derivatives", () => {
  it("are 0, at the bounds too", () => {
    expect(derivatives((x) => clamp(x, { min: 0, max: 1 }), [-1, 0, 0.5, 1, 2], 2)).toEqual([
      [0, 0, 0.5, 1, 1],
      [0, 1, 1, 1, 0],
      [0, 0, 0, 0, 0],
    ]);
  });
});
