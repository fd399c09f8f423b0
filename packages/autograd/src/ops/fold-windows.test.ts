import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { foldWindows } from "./fold-windows.ts";

const cut = arange(0, 2.4, 0.1, { dtype: "float64" }).reshape([2, 3, 4]);

describeOp("foldWindows", {
  forward: {
    "overlaps add up": {
      f: (x) => foldWindows(x, [3]),
      inputs: [
        [
          [1, 2],
          [20, 30],
        ],
      ],
      output: [1, 22, 30],
    },
    "zeros where no window lies": {
      f: (x) => foldWindows(x, [6], { stride: 3 }),
      inputs: [
        [
          [1, 2],
          [20, 30],
        ],
      ],
      output: [1, 2, 0, 20, 30, 0],
    },
  },
  smooth: {
    overlapping: { f: (x) => foldWindows(x, [6]), inputs: [cut] },
    "strided and dilated, with room for more windows": {
      f: (x) => foldWindows(x, [13], { stride: 2, dilation: 2 }),
      inputs: [cut],
    },
    "two axes": {
      f: (x) => foldWindows(x, [3, 5], { stride: [1, 3] }),
      inputs: [arange(0, 1.6, 0.1, { dtype: "float64" }).reshape([2, 2, 2, 2])],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "no windows of 3": { f: (x) => foldWindows(x, [4]), inputs: [[0, 2, 3]], output: [0, 4] },
    "1 × 1": { f: (x) => foldWindows(x, [1]), inputs: [[1, 1]], output: [1] },
  },
  kinks: "it is linear",
  errors: {
    "a window that reaches too far": {
      run: () => foldWindows(zeros([3, 2]), [3]),
      message:
        "[foldWindows] windows of [3, 2] do not fit [3]. Give counts and sizes of windows as x's last axes, and sizes that hold them all.",
    },
  },
});
