import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { add } from "./add.ts";

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
    "of a number": { f: (a) => add(a, 1.5), inputs: [[1, 2]], output: [2.5, 3.5] },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => add(a, b),
      inputs: [
        [1, 2],
        [3, 5],
      ],
    },
  },
  broadcasting: {
    "row and column": { f: (a, b) => add(a, b), inputs: [[[1], [2]], [[3, 4, 5]]] },
    "scalar and matrix": {
      f: (a, b) => add(a, b),
      inputs: [
        2,
        [
          [1, 2],
          [3, 4],
        ],
      ],
    },
  },
  empty: {
    "0 × 3 with 3": { f: (a, b) => add(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "1 with 3": { f: (a, b) => add(a, b), inputs: [[1], [3]], output: [3] },
  },
  kinks: {
    "infinities cancel to NaN": {
      f: (a, b) => add(a, b),
      inputs: [
        [Number.POSITIVE_INFINITY, -0],
        [Number.NEGATIVE_INFINITY, -0],
      ],
      output: [Number.NaN, -0],
      gradients: [
        [1, 1],
        [1, 1],
      ],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => add(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[add] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
  },
});
