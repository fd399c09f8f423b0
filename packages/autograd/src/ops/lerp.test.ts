import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { lerp } from "./lerp.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("lerp", {
  forward: {
    "by a number": {
      f: (a, b) => lerp(a, b, 0.25),
      inputs: [
        [0, 10],
        [10, 20],
      ],
      output: [2.5, 12.5],
    },
    "by a tensor": {
      f: (a, b, w) => lerp(a, b, w),
      inputs: [
        [0, 1],
        [10, 3],
        [0.25, 0.75],
      ],
      output: [2.5, 2.5],
    },
    "exactly at both ends": {
      f: (a, b, w) => lerp(a, b, w),
      inputs: [
        [0.1, 0.1],
        [0.7, 0.7],
        [0, 1],
      ],
      output: [0.1, 0.7],
    },
    "of integers": {
      f: (a, b) => lerp(a, b, 0.5),
      inputs: [tensor([1], { dtype: "int32" }), tensor([2], { dtype: "int32" })],
      output: [1.5],
    },
  },
  smooth: {
    "of three vectors": {
      f: (a, b, w) => lerp(a, b, w),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 1.2, -0.6],
        [0.2, 0.7, 1.4],
      ],
    },
    "by a number": {
      f: (a, b) => lerp(a, b, 0.3),
      inputs: [
        [1.2, -2.3],
        [3.1, 1.2],
      ],
    },
  },
  broadcasting: {
    "row, column and scalar": {
      f: (a, b, w) => lerp(a, b, w),
      inputs: [[[1.1], [2.3]], [[3.2, 0.4, 1.5]], 0.3],
    },
    "a weight larger than the ends": {
      f: (a, b, w) => lerp(a, b, w),
      inputs: [
        1.1,
        [2.2],
        [
          [0.3, 0.6],
          [0.7, 0.1],
        ],
      ],
    },
  },
  empty: {
    "0 × 3 with 3 and none": { f: (a, b, w) => lerp(a, b, w), inputs: [[0, 3], [3], []], output: [0, 3] },
    "1 with 3": { f: (a, b, w) => lerp(a, b, w), inputs: [[1], [3], [1]], output: [3] },
  },
  kinks: {
    "on both sides of ½, where the formula changes": {
      f: (a, b, w) => lerp(a, b, w),
      inputs: [
        [0, 1, 2],
        [10, 3, 2],
        [0.25, 0.75, 0.5],
      ],
      output: [2.5, 2.5, 2],
      gradients: [
        [0.75, 0.25, 0.5],
        [0.25, 0.75, 0.5],
        [10, 2, 0],
      ],
    },
    "infinity and NaN": {
      f: (a, b, w) => lerp(a, b, w),
      inputs: [
        [inf, 2],
        [inf, 2],
        [0.5, nan],
      ],
      output: [nan, nan],
      gradients: [
        [0.5, nan],
        [0.5, nan],
        [nan, 0],
      ],
    },
  },
  errors: {
    "ends that do not broadcast": {
      run: () => lerp(zeros([2, 3]) as never, zeros([4]) as never, 0.5 as never),
      message:
        "[lerp] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
  },
});
