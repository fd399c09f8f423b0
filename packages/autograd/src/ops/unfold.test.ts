import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { unfold } from "./unfold.ts";

const images = arange(0, 2.4, 0.1, { dtype: "float64" }).reshape([1, 2, 3, 4]);

describeOp("unfold", {
  forward: {
    "windows are columns, channels one below the other": {
      f: (x) => unfold(x, [1, 2]),
      inputs: [[[[[1, 2, 3]], [[4, 5, 6]]]]],
      output: [
        [
          [1, 2],
          [2, 3],
          [4, 5],
          [5, 6],
        ],
      ],
    },
    "zeros around the image": {
      f: (x) => unfold(x, 2, { padding: 1, stride: 2 }),
      inputs: [
        [
          [
            [
              [1, 2],
              [3, 4],
            ],
          ],
        ],
      ],
      output: [
        [
          [0, 0, 0, 4],
          [0, 0, 3, 0],
          [0, 2, 0, 0],
          [1, 0, 0, 0],
        ],
      ],
    },
  },
  smooth: {
    "2 × 2 over 3 × 4": { f: (x) => unfold(x, 2), inputs: [images] },
    "all settings": {
      f: (x) => unfold(x, [2, 3], { stride: [2, 1], padding: [1, 2], dilation: [1, 2] }),
      inputs: [images],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "no images": { f: (x) => unfold(x, 2), inputs: [[0, 1, 3, 3]], output: [0, 4, 4] },
    "one pixel": { f: (x) => unfold(x, 1), inputs: [[1, 1, 1, 1]], output: [1, 1, 1] },
  },
  kinks: "it is linear",
  errors: {
    "no batch axis": {
      run: () => unfold(zeros([1, 3, 3]) as never, 2),
      message:
        "[unfold] x is [1, 3, 3]. Give [batch, channels, height, width]; unsqueeze(x, 0) makes a batch of one.",
    },
  },
});
