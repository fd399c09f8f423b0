import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { atan2 } from "./atan2.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("atan2", {
  forward: {
    "in all quadrants": {
      f: (a, b) => atan2(a, b),
      inputs: [
        [1, 1, -1, -1],
        [1, -1, -1, 1],
      ],
      output: [Math.PI / 4, (3 * Math.PI) / 4, (-3 * Math.PI) / 4, -Math.PI / 4],
      tolerance: 1e-15,
    },
    "of integers": {
      f: (a) => atan2(a, 1),
      inputs: [tensor([0, 1], { dtype: "int32" })],
      output: [0, Math.fround(Math.PI / 4)],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => atan2(a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 1.2, -0.6],
      ],
    },
    "of a number on the right": { f: (a) => atan2(a, 1.7), inputs: [[1.2, -2.3, 0.7]] },
    "of a number on the left": { f: (b) => atan2(1.5, b), inputs: [[1.2, -2.3, 0.7]] },
  },
  broadcasting: {
    "row and column": { f: (a, b) => atan2(a, b), inputs: [[[1.1], [2.3]], [[3.2, 0.4, 1.5]]] },
    "scalar and vector": { f: (a, b) => atan2(a, b), inputs: [2.3, [1.1, -2.2]] },
  },
  empty: {
    "0 × 3 with 3": { f: (a, b) => atan2(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "1 with 3": { f: (a, b) => atan2(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => atan2(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "on the axes": {
      f: (a, b) => atan2(a, b),
      inputs: [
        [0, 1, 0, -0],
        [1, 0, -1, -1],
      ],
      output: [0, Math.PI / 2, Math.PI, -Math.PI],
      gradients: [
        [1, 0, -1, -1],
        [-0, -1, -0, 0],
      ],
    },
    "at (0, 0) there is no derivative": {
      f: (a, b) => atan2(a, b),
      inputs: [[0], [0]],
      output: [0],
      gradients: [[nan], [nan]],
    },
    "squares that overflow": {
      f: (a, b) => atan2(a, b),
      inputs: [
        [1e200, 1e4],
        [1e200, -1e4],
      ],
      output: [Math.PI / 4, (3 * Math.PI) / 4],
      gradients: [
        [5e-201, -5e-5],
        [-5e-201, -5e-5],
      ],
      tolerance: 1e-15,
    },
    "infinity and NaN": {
      f: (a, b) => atan2(a, b),
      inputs: [
        [inf, nan],
        [1, 1],
      ],
      output: [Math.PI / 2, nan],
      gradients: [
        [0, nan],
        [nan, nan],
      ],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => atan2(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[atan2] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
  },
});
