import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { avgPool2d } from "./avg-pool2d.ts";

const image = [
  [
    [
      [3, 1, 8, 2],
      [7, 5, 0, 4],
      [6, 9, 12, 10],
    ],
  ],
];

describeOp("avgPool2d", {
  forward: {
    "windows lie side by side": { f: (x) => avgPool2d(x, 2), inputs: [image], output: [[[[4, 3.5]]]] },
    "the padding counts": {
      f: (x) => avgPool2d(x, 2, { padding: 1 }),
      inputs: [[[[[4]]]]],
      output: [[[[1]]]],
    },
    "unless told otherwise": {
      f: (x) => avgPool2d(x, [2, 3], { padding: 1, stride: 1, countIncludePad: false }),
      inputs: [
        [
          [
            [
              [1, 2],
              [3, 6],
            ],
          ],
        ],
      ],
      output: [
        [
          [
            [1.5, 1.5],
            [3, 3],
            [4.5, 4.5],
          ],
        ],
      ],
    },
  },
  smooth: {
    "2 × 2": { f: (x) => avgPool2d(x, 2), inputs: [image] },
    overlapping: { f: (x) => avgPool2d(x, 3, { stride: [1, 2], padding: 1 }), inputs: [image] },
    "the padding not counted": {
      f: (x) => avgPool2d(x, 2, { padding: 1, countIncludePad: false }),
      inputs: [image],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "no images": { f: (x) => avgPool2d(x, 2), inputs: [[0, 1, 4, 4]], output: [0, 1, 2, 2] },
    "one pixel": { f: (x) => avgPool2d(x, 1), inputs: [[1, 1, 1, 1]], output: [1, 1, 1, 1] },
  },
  kinks: "it is linear",
  errors: {
    "a window of 0": {
      run: () => avgPool2d(zeros([1, 1, 4, 4]), 0),
      message: "[avgPool2d] size is 0. Give a whole number of at least 1, or 2 of them, one for each axis.",
    },
  },
});
