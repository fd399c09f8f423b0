import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { maskedFill } from "./masked-fill.ts";

const mask = tensor([true, false, true]);

describeOp("maskedFill", {
  forward: {
    "with a number": { f: (x) => maskedFill(x, mask, -5), inputs: [[1, 2, 3]], output: [-5, 2, -5] },
    "with a value on the tape": {
      f: (x, value) => maskedFill(x, mask, value),
      inputs: [[1, 2, 3], 7],
      output: [7, 2, 7],
    },
    "a mask for every row": {
      f: (x) => maskedFill(x, mask, 0),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [0, 2, 0],
        [0, 5, 0],
      ],
    },
  },
  smooth: {
    "with a number": { f: (x) => maskedFill(x, mask, -5), inputs: [[1, 2, 3]] },
    "with a value on the tape": {
      f: (x, value) => maskedFill(x, mask, value),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        7,
      ],
    },
  },
  broadcasting: {
    "x against a larger mask": { f: (x) => maskedFill(x, tensor([[true], [false]]), 1), inputs: [[1, 2]] },
  },
  empty: {
    "0 × 3": { f: (x) => maskedFill(x, mask, 1), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => maskedFill(x, tensor([true]), 1), inputs: [[1]], output: [1] },
  },
  kinks: {
    "what is filled over gets 0, whatever it was": {
      f: (x) => maskedFill(x, mask, Number.NEGATIVE_INFINITY),
      inputs: [[Number.NaN, 2, Number.POSITIVE_INFINITY]],
      output: [Number.NEGATIVE_INFINITY, 2, Number.NEGATIVE_INFINITY],
      gradients: [[0, 1, 0]],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => maskedFill(zeros([2]) as never, mask as never, 0),
      message:
        "[maskedFill] shapes do not broadcast: a is [2] (axis 0 = 2), b is [3] (axis 0 = 3). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a vector to fill with": {
      run: () => maskedFill(zeros([3]), mask, zeros([1]) as never),
      message: "[maskedFill] value is [1]. Give a number or a 0-d tensor; where takes any shape.",
    },
    "a number that integers cannot hold": {
      run: () => maskedFill(zeros([3], { dtype: "int32" }), mask, 0.5),
      message:
        '[maskedFill] the number 0.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
});
