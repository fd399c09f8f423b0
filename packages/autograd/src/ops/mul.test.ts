import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("mul", {
  forward: {
    "of two vectors": {
      f: (a, b) => mul(a, b),
      inputs: [
        [1, 2],
        [10, 20],
      ],
      output: [10, 40],
    },
    "of a number on the right": { f: (a) => mul(a, 1.5), inputs: [[1, 2]], output: [1.5, 3] },
    "of a number on the left": { f: (b) => mul(1.5, b), inputs: [[1, 2]], output: [1.5, 3] },
    "of integers": {
      f: (a, b) => mul(a, b),
      inputs: [tensor([1], { dtype: "int32" }), tensor([3], { dtype: "uint8" })],
      output: [3],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => mul(a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 5.2, -0.6],
      ],
    },
    "of a number on the right": { f: (a) => mul(a, 1.5), inputs: [[1.2, -2.3]] },
    "of a number on the left": { f: (b) => mul(1.5, b), inputs: [[1.2, -2.3]] },
    "of one and the same": { f: (a) => mul(a, a), inputs: [[1.2, -2.3]] },
  },
  broadcasting: {
    "row and column": { f: (a, b) => mul(a, b), inputs: [[[1.1], [2.2]], [[3.3, 0.4, 1.5]]] },
    "scalar and matrix": {
      f: (a, b) => mul(a, b),
      inputs: [
        2.3,
        [
          [1.1, 2.2],
          [3.3, 4.4],
        ],
      ],
    },
    "matrix and vector": {
      f: (a, b) => mul(a, b),
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
    "0 × 3 with 3": { f: (a, b) => mul(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "0 with 1": { f: (a, b) => mul(a, b), inputs: [[0], [1]], output: [0] },
    "1 with 3": { f: (a, b) => mul(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => mul(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "zeros, 0 · ∞ and NaN": {
      f: (a, b) => mul(a, b),
      inputs: [
        [0, 0, 0, nan],
        [0, 3, inf, 2],
      ],
      output: [0, 0, nan, nan],
      gradients: [
        [0, 3, inf, 2],
        [0, 0, 0, nan],
      ],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => mul(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[mul] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a fraction beside integers": {
      run: () => mul(tensor([1], { dtype: "int32" }), 2.5),
      message:
        '[mul] the number 2.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
});
