import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { minimum } from "./minimum.ts";
import { mul } from "./mul.ts";
import { sqrt } from "./sqrt.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("minimum", {
  forward: {
    "of two vectors": {
      f: (a, b) => minimum(a, b),
      inputs: [
        [1, 5, -3],
        [2, 4, -4],
      ],
      output: [1, 4, -4],
    },
    "of a number on the right": { f: (a) => minimum(a, 1.5), inputs: [[1, 2]], output: [1, 1.5] },
    "of a number on the left": { f: (b) => minimum(1.5, b), inputs: [[1, 2]], output: [1, 1.5] },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => minimum(a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, -5.2, -0.6],
      ],
    },
    "of a number": { f: (a) => minimum(a, 1.5), inputs: [[1.2, 2.3]] },
    "squared, so that second derivatives are not 0": {
      f: (a, b) => mul(minimum(a, b), minimum(a, b)),
      inputs: [
        [1.2, -2.3],
        [3.1, -5.2],
      ],
    },
  },
  broadcasting: {
    "row and column": { f: (a, b) => minimum(a, b), inputs: [[[1.1], [2.2]], [[3.3, 0.4, 1.5]]] },
    "scalar and matrix": {
      f: (a, b) => minimum(a, b),
      inputs: [
        2.3,
        [
          [1.1, 2.2],
          [3.3, 4.4],
        ],
      ],
    },
    "matrix and vector": {
      f: (a, b) => minimum(a, b),
      inputs: [
        [
          [1.1, 2.2],
          [3.3, 4.4],
        ],
        [0.7, 5.5],
      ],
    },
  },
  empty: {
    "0 × 3 with 3": { f: (a, b) => minimum(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "0 with 1": { f: (a, b) => minimum(a, b), inputs: [[0], [1]], output: [0] },
    "1 with 3": { f: (a, b) => minimum(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => minimum(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "a tie gives half to each": {
      f: (a, b) => minimum(a, b),
      inputs: [
        [2, 0, 1],
        [2, -0, 3],
      ],
      output: [2, -0, 1],
      gradients: [
        [0.5, 0.5, 1],
        [0.5, 0.5, 0],
      ],
    },
    "a tie of one and the same adds up to 1": {
      f: (a) => minimum(a, a),
      inputs: [[2, -1]],
      output: [2, -1],
      gradients: [[1, 1]],
    },
    "a tie with a broadcast number": {
      f: (a) => minimum(a, 2),
      inputs: [[1, 2, 3]],
      output: [1, 2, 2],
      gradients: [[1, 0.5, 0]],
    },
    "NaN on either side goes through, and both get the gradient": {
      f: (a, b) => minimum(a, b),
      inputs: [
        [nan, 1, nan],
        [1, nan, nan],
      ],
      output: [nan, nan, nan],
      gradients: [
        [1, 1, 1],
        [1, 1, 1],
      ],
    },
    infinities: {
      f: (a, b) => minimum(a, b),
      inputs: [
        [inf, -inf, inf],
        [1, 1, inf],
      ],
      output: [1, -inf, inf],
      gradients: [
        [0, 1, 0.5],
        [1, 0, 0.5],
      ],
    },
    "an infinite gradient stays out of the loser": {
      f: (a, b) => sqrt(minimum(a, b)),
      inputs: [[0], [1]],
      output: [0],
      gradients: [[inf], [0]],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => minimum(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[minimum] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a fraction beside integers": {
      run: () => minimum(tensor([1], { dtype: "int32" }), 2.5),
      message:
        '[minimum] the number 2.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
});

describe("minimum: higher derivatives", () => {
  it("are 0 at a tie and beside it", () => {
    expect(derivatives((x) => minimum(x, 1), [0, 1, 2], 3)).toEqual([
      [0, 1, 1],
      [1, 0.5, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});
