import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { convTranspose2d } from "./conv-transpose2d.ts";

const image = arange(0, 1.6, 0.1, { dtype: "float64" }).reshape([1, 4, 2, 2]);
const kernels = arange(-1, 1.4, 0.1, { dtype: "float64" }).reshape([4, 1, 3, 2]);

describeOp("convTranspose2d", {
  forward: {
    "each element spreads the kernel": {
      f: (x, w) => convTranspose2d(x, w),
      inputs: [
        [
          [
            [
              [1, 2],
              [0, 10],
            ],
          ],
        ],
        [
          [
            [
              [1, 1],
              [1, 1],
            ],
          ],
        ],
      ],
      output: [
        [
          [
            [1, 3, 2],
            [1, 13, 12],
            [0, 10, 10],
          ],
        ],
      ],
    },
    "padding cuts off, outputPadding adds at the end": {
      f: (x, w) => convTranspose2d(x, w, { stride: [1, 2], padding: [0, 1], outputPadding: [0, 1] }),
      inputs: [[[[[1, 2]]]], [[[[1, 2, 3]]]]],
      output: [[[[2, 5, 4, 6]]]],
    },
    "a bias for each output channel": {
      f: (x, w, b) => convTranspose2d(x, w, { bias: b }),
      inputs: [[[[[2]]]], [[[[3]], [[5]]]], [10, 20]],
      output: [[[[16]], [[30]]]],
    },
  },
  smooth: {
    "stride, padding, dilation, groups": {
      f: (x, w) => convTranspose2d(x, w, { stride: 2, padding: 1, dilation: [1, 3], groups: 2 }),
      inputs: [image, kernels],
    },
    "an outputPadding that only the dilation allows": {
      f: (x, w) => convTranspose2d(x, w, { outputPadding: 1, dilation: 2 }),
      inputs: [image, kernels],
    },
  },
  broadcasting: "the batch axis of x is no broadcasting: weight has none",
  empty: {
    "no images": {
      f: (x, w) => convTranspose2d(x, w),
      inputs: [
        [0, 2, 3, 3],
        [2, 4, 2, 2],
      ],
      output: [0, 4, 4, 4],
    },
    "one pixel": {
      f: (x, w) => convTranspose2d(x, w),
      inputs: [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
      output: [1, 1, 1, 1],
    },
  },
  kinks: "it is linear in each input",
  errors: {
    "channels that differ": {
      run: () => convTranspose2d(zeros([2, 3, 8, 8]), zeros([4, 3, 3, 3]) as never),
      message:
        "[convTranspose2d] channels differ: x is [2, 3, 8, 8] (axis 1 = 3), weight is [4, 3, 3, 3] (axis 0 = 4), groups is 1. weight's axis 0 must be x's channels.",
    },
    "an outputPadding of a stride": {
      run: () => convTranspose2d(zeros([1, 1, 2, 2]), zeros([1, 1, 2, 2]), { stride: 2, outputPadding: 2 }),
      message:
        "[convTranspose2d] outputPadding is 2, stride is 2 and dilation is 1. It must be smaller than one of them: no input gives such a size otherwise.",
    },
    "nothing left": {
      run: () => convTranspose2d(zeros([1, 1, 1, 1]), zeros([1, 1, 2, 2]), { padding: 1 }),
      message:
        "[convTranspose2d] the result of x [1, 1, 1, 1] and weight [1, 1, 2, 2] would have sizes [0, 0]. Take less padding, or a larger kernel.",
    },
  },
});
