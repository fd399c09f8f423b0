import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { maxPool1d } from "./max-pool1d.ts";

describeOp("maxPool1d", {
  forward: {
    "windows lie side by side, the end unread": {
      f: (x) => maxPool1d(x, 2),
      inputs: [[[[1, 5, 7, 2, 9]]]],
      output: [[[5, 7]]],
    },
    "strided, dilated, padded": {
      f: (x) => maxPool1d(x, 2, { stride: 1, padding: 1, dilation: 3 }),
      inputs: [[[[1, 5, 7, 2, 9]]]],
      output: [[[7, 2, 9, 7]]],
    },
  },
  smooth: {
    overlapping: { f: (x) => maxPool1d(x, 3, { stride: 1, padding: 1 }), inputs: [[[[1, 5, 7, 2, 9]]]] },
  },
  broadcasting: "there is one input",
  empty: {
    "no signals": { f: (x) => maxPool1d(x, 2), inputs: [[0, 1, 4]], output: [0, 1, 2] },
    "one element": { f: (x) => maxPool1d(x, 1), inputs: [[1, 1, 1]], output: [1, 1, 1] },
  },
  kinks: {
    "at a tie the first gets all": {
      f: (x) => maxPool1d(x, 3),
      inputs: [[[[2, 2, 1]]]],
      output: [[[2]]],
      gradients: [[[[1, 0, 0]]]],
    },
  },
  errors: {
    "an image": {
      run: () => maxPool1d(zeros([1, 1, 4, 4]) as never, 2),
      message:
        "[maxPool1d] x is [1, 1, 4, 4]. Give [batch, channels, length]; unsqueeze(x, 0) makes a batch of one.",
    },
  },
});
