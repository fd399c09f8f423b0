import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { dot } from "./dot.ts";

describeOp("dot", {
  forward: {
    "of two vectors": {
      f: (a, b) => dot(a, b),
      inputs: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      output: 32,
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => dot(a, b),
      inputs: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    "of one with itself": { f: (a) => dot(a, a), inputs: [[1, 2, 3]] },
  },
  broadcasting: "both are vectors of one length",
  empty: {
    "of nothing": { f: (a, b) => dot(a, b), inputs: [[0], [0]], output: [] },
    "one element": { f: (a, b) => dot(a, b), inputs: [[1], [1]], output: [] },
  },
  kinks: {
    "NaN and infinity": {
      f: (a, b) => dot(a, b),
      inputs: [
        [Number.POSITIVE_INFINITY, 1],
        [0, 2],
      ],
      output: Number.NaN,
      gradients: [
        [0, 2],
        [Number.POSITIVE_INFINITY, 1],
      ],
    },
  },
  errors: {
    "lengths that differ": {
      run: () => dot(zeros([2]) as never, zeros([3]) as never),
      message:
        "[dot] lengths differ: a is [2] (axis 0 = 2), b is [3] (axis 0 = 3). Give vectors of one length.",
    },
    "a matrix": {
      run: () => dot(zeros([2, 2]) as never, zeros([2]) as never),
      message:
        "[dot] both must have one axis: a is [2, 2], b is [2]. Give vectors; matmul takes matrices too.",
    },
  },
});
