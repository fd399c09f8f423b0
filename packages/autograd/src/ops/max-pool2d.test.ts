import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { maxPool2d } from "./max-pool2d.ts";

const image = [
  [
    [
      [3, 1, 8, 2],
      [7, 5, 0, 4],
      [6, 9, 12, 10],
    ],
  ],
];
const { NaN: nan, NEGATIVE_INFINITY: low } = Number;

describeOp("maxPool2d", {
  forward: {
    "windows lie side by side": { f: (x) => maxPool2d(x, 2), inputs: [image], output: [[[[7, 8]]]] },
    "strided, dilated, padded": {
      f: (x) => maxPool2d(x, [2, 3], { stride: 1, padding: [1, 0], dilation: [2, 1] }),
      inputs: [image],
      output: [
        [
          [
            [7, 5],
            [12, 12],
            [7, 5],
          ],
        ],
      ],
    },
    "the padding is below every number": {
      f: (x) => maxPool2d(x, 2, { padding: 1 }),
      inputs: [
        [
          [
            [
              [-1, -2],
              [-3, -4],
            ],
          ],
        ],
      ],
      output: [
        [
          [
            [-1, -2],
            [-3, -4],
          ],
        ],
      ],
    },
  },
  smooth: {
    "2 × 2": { f: (x) => maxPool2d(x, 2), inputs: [image] },
    overlapping: { f: (x) => maxPool2d(x, 3, { stride: 1, padding: 1 }), inputs: [image] },
  },
  broadcasting: "there is one input",
  empty: {
    "no images": { f: (x) => maxPool2d(x, 2), inputs: [[0, 1, 4, 4]], output: [0, 1, 2, 2] },
    "one pixel": { f: (x) => maxPool2d(x, 1), inputs: [[1, 1, 1, 1]], output: [1, 1, 1, 1] },
  },
  kinks: {
    "at a tie the first gets all": {
      f: (x) => maxPool2d(x, 2),
      inputs: [
        [
          [
            [
              [1, 2],
              [2, 2],
            ],
          ],
        ],
      ],
      output: [[[[2]]]],
      gradients: [
        [
          [
            [
              [0, 1],
              [0, 0],
            ],
          ],
        ],
      ],
    },
    "a maximum of two windows gets both": {
      f: (x) => maxPool2d(x, [1, 2], { stride: 1 }),
      inputs: [[[[[1, 3, 2]]]]],
      output: [[[[3, 3]]]],
      gradients: [[[[[0, 2, 0]]]]],
    },
    "nothing but −∞: the first element, not the padding": {
      f: (x) => maxPool2d(x, 2, { padding: 1 }),
      inputs: [[[[[low]]]]],
      output: [[[[low]]]],
      gradients: [[[[[1]]]]],
    },
    "a NaN goes through": {
      f: (x) => maxPool2d(x, [1, 3]),
      inputs: [[[[[1, nan, 3]]]]],
      output: [[[[nan]]]],
      gradients: [[[[[0, 1, 0]]]]],
    },
  },
  errors: {
    "more padding than half a window": {
      run: () => maxPool2d(zeros([1, 1, 4, 4]), 2, { padding: [0, 2] }),
      message:
        "[maxPool2d] padding is [0, 2], windows span [2, 2] elements. Take at most half a window; one that lies in the padding alone has no value.",
    },
    "a window larger than the image": {
      run: () => maxPool2d(zeros([1, 1, 4, 4]), [2, 5]),
      message:
        "[maxPool2d] a window of 5 spans 5 elements, axis 3 of [1, 1, 4, 4] has 4. Pad more, or take a smaller window.",
    },
    integers: {
      run: () => maxPool2d(tensor([[[[1]]]], { dtype: "int32" }), 1),
      message: '[maxPool2d] x is int32. It takes float32 or float64; use cast("float32").',
    },
    "an option that is none": {
      run: () => maxPool2d(zeros([1, 1, 4, 4]), 2, { countIncludePad: true } as never),
      message: '[maxPool2d] unknown option "countIncludePad". Known options: stride, padding, dilation.',
    },
  },
});
