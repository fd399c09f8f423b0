import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { hypot } from "./hypot.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("hypot", {
  forward: {
    "of two vectors": {
      f: (a, b) => hypot(a, b),
      inputs: [
        [3, 5, -8],
        [4, 12, 15],
      ],
      output: [5, 13, 17],
    },
    "of integers": { f: (a) => hypot(a, 4), inputs: [tensor([3], { dtype: "int32" })], output: [5] },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => hypot(a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 1.2, -0.6],
      ],
    },
    "of a number on the right": { f: (a) => hypot(a, 1.7), inputs: [[1.2, -2.3, 0.7]] },
    "of a number on the left": { f: (b) => hypot(1.5, b), inputs: [[1.2, -2.3, 0.7]] },
  },
  broadcasting: {
    "row and column": { f: (a, b) => hypot(a, b), inputs: [[[1.1], [2.3]], [[3.2, 0.4, 1.5]]] },
    "scalar and vector": { f: (a, b) => hypot(a, b), inputs: [2.3, [1.1, -2.2]] },
  },
  empty: {
    "0 × 3 with 3": { f: (a, b) => hypot(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "1 with 3": { f: (a, b) => hypot(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => hypot(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "at (0, 0) the derivatives are 0, as of every norm": {
      f: (a, b) => hypot(a, b),
      inputs: [
        [0, -0],
        [0, 0],
      ],
      output: [0, 0],
      gradients: [
        [0, 0],
        [0, 0],
      ],
    },
    "squares that overflow or underflow": {
      f: (a, b) => hypot(a, b),
      inputs: [
        [3e200, 3e-200],
        [4e200, 4e-200],
      ],
      output: [5e200, 5e-200],
      gradients: [
        [0.6, 0.6],
        [0.8, 0.8],
      ],
      tolerance: 1e-15,
    },
    "in float32 too": {
      f: (a, b) => hypot(a, b),
      inputs: [tensor([3e30]), tensor([4e30])],
      output: [Math.fround(5e30)],
      gradients: [[Math.fround(0.6)], [Math.fround(0.8)]],
      tolerance: 1e-6,
    },
    "infinity and NaN": {
      f: (a, b) => hypot(a, b),
      inputs: [
        [inf, nan, inf],
        [1, 1, nan],
      ],
      output: [inf, nan, inf],
      gradients: [
        [nan, nan, nan],
        [0, nan, nan],
      ],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => hypot(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[hypot] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
  },
});
