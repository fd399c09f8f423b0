import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { remainder } from "./remainder.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("remainder", {
  forward: {
    "has the sign of the divisor": {
      f: (a, b) => remainder(a, b),
      inputs: [
        [7, -7, 7, -7],
        [3, 3, -3, -3],
      ],
      output: [1, 2, -2, -1],
    },
    "of fractions": { f: (a) => remainder(a, 2), inputs: [[5.5, -5.5]], output: [1.5, 0.5] },
    "of integers": {
      f: (a) => remainder(a, 3),
      inputs: [tensor([7, -7], { dtype: "int32" })],
      output: [1, 2],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => remainder(a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 1.2, -0.6],
      ],
    },
    "of a number on the right": { f: (a) => remainder(a, 1.7), inputs: [[1.2, -2.3, 0.7]] },
    "of a number on the left": { f: (b) => remainder(1.5, b), inputs: [[1.2, -2.3, 0.7]] },
  },
  broadcasting: {
    "row and column": { f: (a, b) => remainder(a, b), inputs: [[[1.1], [2.3]], [[3.2, 0.4, 1.5]]] },
    "scalar and vector": { f: (a, b) => remainder(a, b), inputs: [2.3, [1.1, -2.2]] },
  },
  empty: {
    "0 × 3 with 3": { f: (a, b) => remainder(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "1 with 3": { f: (a, b) => remainder(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => remainder(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "at a jump": {
      f: (a, b) => remainder(a, b),
      inputs: [
        [6, 0],
        [3, 3],
      ],
      output: [0, 0],
      gradients: [
        [1, 1],
        [-2, -0],
      ],
    },
    "a quotient that rounds up to a whole number": {
      f: (a, b) => remainder(a, b),
      inputs: [[0.3], [0.1]],
      output: [0.09999999999999998],
      gradients: [[1], [-2]],
    },
    "an infinite divisor": {
      f: (a, b) => remainder(a, b),
      inputs: [[5], [inf]],
      output: [5],
      gradients: [[1], [-0]],
    },
    "a divisor of 0, and NaN": {
      f: (a, b) => remainder(a, b),
      inputs: [
        [1, -1, nan],
        [0, 0, 1],
      ],
      output: [nan, nan, nan],
      gradients: [
        [1, 1, 1],
        [-inf, inf, nan],
      ],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => remainder(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[remainder] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "two bools": {
      run: () => remainder(tensor([true]), tensor([true])),
      message:
        '[remainder] both operands are bool. Use and, or, xor or not for logic, or cast one of them, for example with cast("int32").',
    },
  },
});
