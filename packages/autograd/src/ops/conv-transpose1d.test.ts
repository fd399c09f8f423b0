import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { convTranspose1d } from "./conv-transpose1d.ts";

describeOp("convTranspose1d", {
  forward: {
    "each element spreads the kernel": {
      f: (x, w) => convTranspose1d(x, w),
      inputs: [[[[1, 2, 0]]], [[[1, 10]]]],
      output: [[[1, 12, 20, 0]]],
    },
    "a stride spreads them further": {
      f: (x, w) => convTranspose1d(x, w, { stride: 3, outputPadding: 1 }),
      inputs: [[[[1, 2]]], [[[1, 10]]]],
      output: [[[1, 10, 0, 2, 20, 0]]],
    },
  },
  smooth: {
    "all settings": {
      f: (x, w, b) =>
        convTranspose1d(x, w, { bias: b, stride: 2, padding: 1, dilation: 2, groups: 2, outputPadding: 1 }),
      inputs: [
        arange(0, 1.2, 0.1, { dtype: "float64" }).reshape([1, 4, 3]),
        arange(-1, 0.2, 0.1, { dtype: "float64" }).reshape([4, 1, 3]),
        [1, 2],
      ],
    },
  },
  broadcasting: "the batch axis of x is no broadcasting: weight has none",
  empty: {
    "no signals": {
      f: (x, w) => convTranspose1d(x, w),
      inputs: [
        [0, 2, 3],
        [2, 1, 2],
      ],
      output: [0, 1, 4],
    },
    "one element": {
      f: (x, w) => convTranspose1d(x, w),
      inputs: [
        [1, 1, 1],
        [1, 1, 1],
      ],
      output: [1, 1, 1],
    },
  },
  kinks: "it is linear in each input",
  errors: {
    "a weight of the wrong rank": {
      run: () => convTranspose1d(zeros([1, 2, 4]), zeros([2, 3]) as never),
      message:
        "[convTranspose1d] weight is [2, 3]. Give [in, out / groups, …] with 1 kernel sizes of at least 1.",
    },
  },
});
