import { arange, ones, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { conv2d } from "./conv2d.ts";

const image = arange(1, 17, 1, { dtype: "float64" }).reshape([1, 1, 4, 4]);
const twoChannels = arange(0, 3.6, 0.1, { dtype: "float64" }).reshape([1, 4, 3, 3]);
const laplace = [
  [
    [
      [0, 1, 0],
      [1, -4, 1],
      [0, 1, 0],
    ],
  ],
];
const kernels = arange(-1, 2.2, 0.1, { dtype: "float64" }).reshape([4, 2, 2, 2]);
const skew = { stride: [2, 1], padding: [1, 2], dilation: [2, 1], groups: 2 };

describeOp("conv2d", {
  forward: {
    "the Laplacian of a plane is 0": {
      f: (x, w) => conv2d(x, w),
      inputs: [image, laplace],
      output: [
        [
          [
            [0, 0],
            [0, 0],
          ],
        ],
      ],
    },
    "zeros around the image": {
      f: (x, w) => conv2d(x, w, { padding: 1, stride: 3 }),
      inputs: [image, laplace],
      output: [
        [
          [
            [3, -5],
            [-29, -37],
          ],
        ],
      ],
    },
    "a bias for each output channel": {
      f: (x, w, b) => conv2d(x, w, { bias: b }),
      inputs: [[[[[2]]]], [[[[3]]], [[[5]]]], [10, 20]],
      output: [[[[16]], [[30]]]],
    },
    "groups see channels of their own": {
      f: (x, w) => conv2d(x, w, { groups: 2 }),
      inputs: [[[[[2]], [[7]]]], [[[[3]]], [[[5]]]]],
      output: [[[[6]], [[35]]]],
    },
    "an image narrower than its kernel, as weight gradients are": {
      f: (x, w) => conv2d(x, w),
      inputs: [[[[[1, 2, 3, 4]]]], [[[[1, 1, 1]]]]],
      output: [[[[6, 9]]]],
    },
  },
  smooth: {
    "3 × 3 over 4 × 4": { f: (x, w) => conv2d(x, w), inputs: [image, laplace] },
    "stride, padding, dilation, groups": { f: (x, w) => conv2d(x, w, skew), inputs: [twoChannels, kernels] },
    "a stride that leaves the last column unread": {
      f: (x, w, b) => conv2d(x, w, { stride: 2, bias: b }),
      inputs: [twoChannels, arange(-1, 2.2, 0.1, { dtype: "float64" }).reshape([2, 4, 2, 2]), [0.5, -0.5]],
    },
  },
  broadcasting: "the batch axis of x is no broadcasting: weight has none",
  empty: {
    "no images": {
      f: (x, w) => conv2d(x, w),
      inputs: [
        [0, 2, 3, 3],
        [4, 2, 2, 2],
      ],
      output: [0, 4, 2, 2],
    },
    "no output channels": {
      f: (x, w) => conv2d(x, w),
      inputs: [
        [2, 1, 3, 3],
        [0, 1, 2, 2],
      ],
      output: [2, 0, 2, 2],
    },
    "one pixel": {
      f: (x, w) => conv2d(x, w),
      inputs: [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
      output: [1, 1, 1, 1],
    },
  },
  kinks: "it is linear in each input",
  errors: {
    "one image without its batch axis": {
      run: () => conv2d(zeros([3, 8, 8]) as never, zeros([4, 3, 3, 3])),
      message:
        "[conv2d] x is [3, 8, 8]. Give [batch, channels, height, width]; unsqueeze(x, 0) makes a batch of one.",
    },
    "channels that differ": {
      run: () => conv2d(zeros([2, 3, 8, 8]), zeros([4, 2, 3, 3])),
      message:
        "[conv2d] channels differ: x is [2, 3, 8, 8] (axis 1 = 3), weight is [4, 2, 3, 3] (axis 1 = 2), groups is 1. weight's axis 1 must be x's channels divided by groups.",
    },
    "groups that do not divide the output channels": {
      run: () => conv2d(zeros([2, 4, 8, 8]), zeros([3, 2, 3, 3]), { groups: 2 }),
      message: "[conv2d] weight is [3, 2, 3, 3], groups is 2. groups must divide weight's axis 0.",
    },
    "a kernel larger than the image": {
      run: () => conv2d(zeros([1, 1, 4, 4]), zeros([1, 1, 3, 3]), { dilation: [1, 2] }),
      message:
        "[conv2d] a window of 3 with dilation 2 spans 5 elements, axis 3 of [1, 1, 4, 4] has 4. Pad more, or take a smaller window.",
    },
    "an empty kernel": {
      run: () => conv2d(zeros([1, 1, 4, 4]), zeros([1, 1, 0, 3])),
      message:
        "[conv2d] weight is [1, 1, 0, 3]. Give [out, in / groups, …] with 2 kernel sizes of at least 1.",
    },
    "a bias of another length": {
      run: () => conv2d(zeros([1, 1, 4, 4]), zeros([2, 1, 3, 3]), { bias: ones([1]) }),
      message: "[conv2d] bias is [1]. Give one number for each output channel: [2].",
    },
    "a bias of another dtype": {
      run: () => conv2d(zeros([1, 1, 4, 4]), zeros([2, 1, 3, 3]), { bias: ones([2], { dtype: "float64" }) }),
      message: '[conv2d] x is float32, bias is float64. Cast it, for example with cast("float32").',
    },
    "dtypes that differ": {
      run: () => conv2d(zeros([1, 1, 4, 4]), zeros([1, 1, 3, 3], { dtype: "float64" })),
      message:
        '[conv2d] x is float32, weight is float64. Cast one of them, for example with cast("float32").',
    },
    "a stride of 0": {
      run: () => conv2d(zeros([1, 1, 4, 4]), zeros([1, 1, 3, 3]), { stride: 0 }),
      message: "[conv2d] stride is 0. Give a whole number of at least 1, or 2 of them, one for each axis.",
    },
  },
});
