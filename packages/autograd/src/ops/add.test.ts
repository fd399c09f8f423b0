import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { add } from "./add.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("add", {
  forward: {
    "of two vectors": {
      f: (a, b) => add(a, b),
      inputs: [
        [1, 2],
        [10, 20],
      ],
      output: [11, 22],
    },
    "of a number on the right": { f: (a) => add(a, 1.5), inputs: [[1, 2]], output: [2.5, 3.5] },
    "of a number on the left": { f: (b) => add(1.5, b), inputs: [[1, 2]], output: [2.5, 3.5] },
    "of integers": {
      f: (a, b) => add(a, b),
      inputs: [tensor([1], { dtype: "int32" }), tensor([3], { dtype: "uint8" })],
      output: [4],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => add(a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 5.2, -0.6],
      ],
    },
    "of a number on the right": { f: (a) => add(a, 1.5), inputs: [[1.2, -2.3]] },
    "of a number on the left": { f: (b) => add(1.5, b), inputs: [[1.2, -2.3]] },
    "of one and the same": { f: (a) => add(a, a), inputs: [[1.2, -2.3]] },
  },
  broadcasting: {
    "row and column": { f: (a, b) => add(a, b), inputs: [[[1.1], [2.2]], [[3.3, 0.4, 1.5]]] },
    "scalar and matrix": {
      f: (a, b) => add(a, b),
      inputs: [
        2.3,
        [
          [1.1, 2.2],
          [3.3, 4.4],
        ],
      ],
    },
    "matrix and vector": {
      f: (a, b) => add(a, b),
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
    "0 × 3 with 3": { f: (a, b) => add(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "0 with 1": { f: (a, b) => add(a, b), inputs: [[0], [1]], output: [0] },
    "1 with 3": { f: (a, b) => add(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => add(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "infinities cancel to NaN, and the gradient stays 1": {
      f: (a, b) => add(a, b),
      inputs: [
        [inf, -0],
        [-inf, -0],
      ],
      output: [nan, -0],
      gradients: [
        [1, 1],
        [1, 1],
      ],
    },
    "the gradient comes back in each operand's dtype": {
      f: (a, b) => add(a, b),
      inputs: [tensor([1]), [0.5]],
      output: [1.5],
      gradients: [[1], [1]],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => add(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[add] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a fraction beside integers": {
      run: () => add(tensor([1], { dtype: "int32" }), 2.5),
      message:
        '[add] the number 2.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
    "two bools": {
      run: () => add(tensor([true]), tensor([false])),
      message:
        '[add] both operands are bool. Use and, or, xor or not for logic, or cast one of them, for example with cast("int32").',
    },
  },
});
