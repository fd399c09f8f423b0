import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("leakyRelu", {
  forward: {
    "with the default slope": { f: (x) => leakyRelu(x), inputs: [[-1, 0, 2]], output: [-0.01, 0, 2] },
    "with a slope of its own": {
      f: (x) => leakyRelu(x, { negativeSlope: 0.5 }),
      inputs: [[-1, 0, 2]],
      output: [-0.5, 0, 2],
    },
    "with a negative slope": {
      f: (x) => leakyRelu(x, { negativeSlope: -1 }),
      inputs: [[-1, 0, 2]],
      output: [1, -0, 2],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => leakyRelu(x),
      inputs: [
        [
          [-1.2, 2.3],
          [0.4, -5],
        ],
      ],
    },
    squared: {
      f: (x) => mul(leakyRelu(x), leakyRelu(x, { negativeSlope: 0.2 })),
      inputs: [[-1.2, 2.3, 0.4]],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => leakyRelu(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => leakyRelu(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => leakyRelu(x), inputs: [[]], output: [] },
  },
  kinks: {
    "the derivative at 0 is the slope": {
      f: (x) => leakyRelu(x, { negativeSlope: 0.25 }),
      inputs: [[0, -0]],
      output: [0, -0],
      gradients: [[0.25, 0.25]],
    },
    "NaN and infinities": {
      f: (x) => leakyRelu(x, { negativeSlope: 0.25 }),
      inputs: [[nan, inf, -inf]],
      output: [nan, inf, -inf],
      gradients: [[0.25, 1, 0.25]],
    },
  },
  errors: {
    "an unknown option": {
      run: () => leakyRelu(zeros([1]), { slope: 1 } as never),
      message: '[leakyRelu] unknown option "slope". Known options: negativeSlope.',
    },
    "integers and a fractional slope": {
      run: () => leakyRelu(tensor([1], { dtype: "int32" })),
      message:
        '[leakyRelu] the number 0.01 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
});

describe("leakyRelu: higher derivatives", () => {
  it("are 0, at 0 too", () => {
    expect(derivatives((x) => leakyRelu(x, { negativeSlope: 0.25 }), [-2, 0, 3], 2)).toEqual([
      [-0.5, 0, 3],
      [0.25, 0.25, 1],
      [0, 0, 0],
    ]);
  });
});
