import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { unslice } from "./unslice.ts";

describeOp("unslice", {
  forward: {
    "a range": { f: (x) => unslice(x, [4], [{ start: 1, stop: 3 }]), inputs: [[5, 6]], output: [0, 5, 6, 0] },
    "a number puts a row back": {
      f: (x) => unslice(x, [2, 3], [-1]),
      inputs: [[1, 2, 3]],
      output: [
        [0, 0, 0],
        [1, 2, 3],
      ],
    },
    "a negative step": {
      f: (x) => unslice(x, [5], [{ step: -2 }]),
      inputs: [[1, 2, 3]],
      output: [3, 0, 2, 0, 1],
    },
  },
  smooth: {
    "a strided block": {
      f: (x) => unslice(x, [4, 3], [{ step: -2 }, { start: 1 }]),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    },
    "one element": { f: (x) => unslice(x, [2, 2], [1, 0]), inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "nothing into 3": { f: (x) => unslice(x, [3], [{ stop: 0 }]), inputs: [[0]], output: [3] },
    "0 × 2 into 0 × 3": {
      f: (x) => unslice(x, [0, 3], [null, { start: 1 }]),
      inputs: [[0, 2]],
      output: [0, 3],
    },
    "1 into 1": { f: (x) => unslice(x, [1], []), inputs: [[1]], output: [1] },
  },
  kinks: {
    "NaN and infinities stay in their places": {
      f: (x) => unslice(x, [4], [{ start: 1, stop: 3 }]),
      inputs: [[Number.NaN, Number.NEGATIVE_INFINITY]],
      output: [0, Number.NaN, Number.NEGATIVE_INFINITY, 0],
      gradients: [[1, 1]],
    },
  },
  errors: {
    "x is not the slice": {
      run: () => unslice(zeros([3]), [4], [{ start: 2 }]),
      message:
        "[unslice] x is [3], but the slice of [4] is [2]. Give the same ranges as the slice that x stands for.",
    },
  },
});
