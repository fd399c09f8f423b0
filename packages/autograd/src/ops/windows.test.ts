import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { windows } from "./windows.ts";

const rows = arange(0, 3, 0.1, { dtype: "float64" }).reshape([2, 3, 5]);

describeOp("windows", {
  forward: {
    "of 2 along the last axis": {
      f: (x) => windows(x, [2]),
      inputs: [[1, 2, 3]],
      output: [
        [1, 2],
        [2, 3],
      ],
    },
    "counts before sizes": {
      f: (x) => windows(x, [1, 2], { stride: [1, 2] }),
      inputs: [
        [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
      ],
      output: [
        [[[1, 2]], [[3, 4]]],
        [[[5, 6]], [[7, 8]]],
      ],
    },
    "of no axes: x itself": { f: (x) => windows(x, []), inputs: [[1, 2]], output: [1, 2] },
  },
  smooth: {
    overlapping: { f: (x) => windows(x, [2, 3]), inputs: [rows] },
    "strided and dilated, the end unread": {
      f: (x) => windows(x, [2], { stride: 2, dilation: 2 }),
      inputs: [rows],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => windows(x, [2]), inputs: [[0, 3]], output: [0, 2, 2] },
    "1 × 1": { f: (x) => windows(x, [1, 1]), inputs: [[1, 1]], output: [1, 1, 1, 1] },
  },
  kinks: {
    "each element counts the windows that it lies in": {
      f: (x) => windows(x, [2], { stride: 2 }),
      inputs: [[1, Number.NaN, 3, 4, 5]],
      output: [
        [1, Number.NaN],
        [3, 4],
      ],
      gradients: [[1, 1, 1, 1, 0]],
    },
  },
  errors: {
    "a window that does not fit": {
      run: () => windows(zeros([2, 3]), [4]),
      message:
        "[windows] a window of 4 spans 4 elements, axis 1 of [2, 3] has 3. Pad more, or take a smaller window.",
    },
    "a stride for two axes of three": {
      run: () => windows(zeros([2, 3]), [1], { stride: [1, 1] }),
      message:
        "[windows] stride is [1, 1]. Give a whole number of at least 1, or 1 of them, one for each axis.",
    },
  },
});
