import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { outer } from "./outer.ts";

describeOp("outer", {
  forward: {
    "of two vectors": {
      f: (a, b) => outer(a, b),
      inputs: [
        [1, 2, 3],
        [4, 5],
      ],
      output: [
        [4, 5],
        [8, 10],
        [12, 15],
      ],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => outer(a, b),
      inputs: [
        [1, 2, 3],
        [4, 5],
      ],
    },
    "of one with itself": { f: (a) => outer(a, a), inputs: [[1, 2, 3]] },
  },
  broadcasting: "each has an axis of its own",
  empty: {
    "of nothing": { f: (a, b) => outer(a, b), inputs: [[0], [2]], output: [0, 2] },
    "one element": { f: (a, b) => outer(a, b), inputs: [[1], [1]], output: [1, 1] },
  },
  kinks: {
    "NaN and infinity": {
      f: (a, b) => outer(a, b),
      inputs: [
        [Number.POSITIVE_INFINITY, 1],
        [0, 2],
      ],
      output: [
        [Number.NaN, Number.POSITIVE_INFINITY],
        [0, 2],
      ],
      gradients: [
        [2, 2],
        [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      ],
    },
  },
  errors: {
    "a matrix": {
      run: () => outer(zeros([2, 2]) as never, zeros([2]) as never),
      message:
        "[outer] both must have one axis: a is [2, 2], b is [2]. Give vectors; matmul takes matrices too.",
    },
  },
});
