import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { conv1d } from "./conv1d.ts";

const signal = arange(0, 2, 0.1, { dtype: "float64" }).reshape([2, 2, 5]);

describeOp("conv1d", {
  forward: {
    differences: {
      f: (x, w) => conv1d(x, w),
      inputs: [[[[1, 2, 4, 8]]], [[[-1, 1]]]],
      output: [[[1, 2, 4]]],
    },
    "strided, dilated, padded": {
      f: (x, w) => conv1d(x, w, { stride: 2, dilation: 2, padding: 1 }),
      inputs: [[[[1, 2, 4, 8]]], [[[1, 10]]]],
      output: [[[20, 82]]],
    },
  },
  smooth: {
    "a kernel of 3 and a bias": {
      f: (x, w, b) => conv1d(x, w, { bias: b, padding: 1, stride: 2 }),
      inputs: [signal, arange(-1, 0.8, 0.1, { dtype: "float64" }).reshape([3, 2, 3]), [1, 2, 3]],
    },
    "a group for each channel": {
      f: (x, w) => conv1d(x, w, { groups: 2, dilation: 2 }),
      inputs: [signal, [[[1, 2]], [[3, 4]]]],
    },
  },
  broadcasting: "the batch axis of x is no broadcasting: weight has none",
  empty: {
    "no signals": {
      f: (x, w) => conv1d(x, w),
      inputs: [
        [0, 1, 3],
        [2, 1, 2],
      ],
      output: [0, 2, 2],
    },
    "one element": {
      f: (x, w) => conv1d(x, w),
      inputs: [
        [1, 1, 1],
        [1, 1, 1],
      ],
      output: [1, 1, 1],
    },
  },
  kinks: "it is linear in each input",
  errors: {
    "an image": {
      run: () => conv1d(zeros([1, 1, 2, 2]) as never, zeros([1, 1, 1])),
      message:
        "[conv1d] x is [1, 1, 2, 2]. Give [batch, channels, length]; unsqueeze(x, 0) makes a batch of one.",
    },
  },
});
