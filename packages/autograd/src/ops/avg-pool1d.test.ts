import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { avgPool1d } from "./avg-pool1d.ts";

describeOp("avgPool1d", {
  forward: {
    "windows lie side by side, the end unread": {
      f: (x) => avgPool1d(x, 2),
      inputs: [[[[1, 5, 7, 2, 9]]]],
      output: [[[3, 4.5]]],
    },
    "the padding not counted": {
      f: (x) => avgPool1d(x, 3, { padding: 1, countIncludePad: false }),
      inputs: [[[[1, 5, 7, 2, 9]]]],
      output: [[[3, 6]]],
    },
  },
  smooth: {
    overlapping: { f: (x) => avgPool1d(x, 3, { stride: 1, padding: 1 }), inputs: [[[[1, 5, 7, 2, 9]]]] },
  },
  broadcasting: "there is one input",
  empty: {
    "no signals": { f: (x) => avgPool1d(x, 2), inputs: [[0, 1, 4]], output: [0, 1, 2] },
    "one element": { f: (x) => avgPool1d(x, 1), inputs: [[1, 1, 1]], output: [1, 1, 1] },
  },
  kinks: "it is linear",
  errors: {
    "no channels": {
      run: () => avgPool1d(zeros([4, 4]) as never, 2),
      message:
        "[avgPool1d] x is [4, 4]. Give [batch, channels, length]; unsqueeze(x, 0) makes a batch of one.",
    },
  },
});
