import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { div } from "./div.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("div", {
  forward: {
    "of two vectors": {
      f: (a, b) => div(a, b),
      inputs: [
        [1, 2],
        [10, 20],
      ],
      output: [0.1, 0.1],
    },
    "of a number on the right": { f: (a) => div(a, 2), inputs: [[1, 2]], output: [0.5, 1] },
    "of a number on the left": { f: (b) => div(2, b), inputs: [[1, 2]], output: [2, 1] },
    "of integers, as real numbers": {
      f: (a, b) => div(a, b),
      inputs: [tensor([1, -7], { dtype: "int32" }), tensor([4, 2], { dtype: "uint8" })],
      output: [0.25, -3.5],
    },
    "of integers and a fraction": {
      f: (a) => div(a, 2.5),
      inputs: [tensor([5], { dtype: "int32" })],
      output: [2],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => div(a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 5.2, -0.6],
      ],
    },
    "of a number on the right": { f: (a) => div(a, 1.5), inputs: [[1.2, -2.3]] },
    "of a number on the left": { f: (b) => div(1.5, b), inputs: [[1.2, -2.3]] },
    "of one and the same": { f: (a) => div(a, a), inputs: [[1.2, -2.3]] },
  },
  broadcasting: {
    "row and column": { f: (a, b) => div(a, b), inputs: [[[1.1], [2.2]], [[3.3, 0.4, 1.5]]] },
    "scalar and matrix": {
      f: (a, b) => div(a, b),
      inputs: [
        2.3,
        [
          [1.1, 2.2],
          [3.3, 4.4],
        ],
      ],
    },
    "matrix and vector": {
      f: (a, b) => div(a, b),
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
    "0 × 3 with 3": { f: (a, b) => div(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "0 with 1": { f: (a, b) => div(a, b), inputs: [[0], [1]], output: [0] },
    "1 with 3": { f: (a, b) => div(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => div(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "1 / 0, −1 / 0 and 0 / 0": {
      f: (a, b) => div(a, b),
      inputs: [
        [1, -1, 0],
        [0, 0, 0],
      ],
      output: [inf, -inf, nan],
      gradients: [
        [inf, inf, inf],
        [-inf, inf, nan],
      ],
    },
    "by infinity": {
      f: (a, b) => div(a, b),
      inputs: [
        [1, inf],
        [inf, 2],
      ],
      output: [0, inf],
      gradients: [
        [0, 0.5],
        [-0, -inf],
      ],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => div(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[div] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
  },
});
