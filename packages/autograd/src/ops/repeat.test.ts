import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { repeat } from "./repeat.ts";

describeOp("repeat", {
  forward: {
    "of a vector, in rows": {
      f: (x) => repeat(x, [2, 1]),
      inputs: [[1, 2]],
      output: [
        [1, 2],
        [1, 2],
      ],
    },
    "of a matrix": {
      f: (x) => repeat(x, [1, 2]),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [1, 2, 3, 1, 2, 3],
        [4, 5, 6, 4, 5, 6],
      ],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => repeat(x, [2, 3]),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => repeat(x, [2, 2]), inputs: [[0, 3]], output: [0, 6] },
    "one element": { f: (x) => repeat(x, [1]), inputs: [[1]], output: [1] },
  },
  kinks: {
    "every copy counts": {
      f: (x) => repeat(x, [2]),
      inputs: [[Number.NaN, 2]],
      output: [Number.NaN, 2, Number.NaN, 2],
      gradients: [[2, 2]],
    },
  },
  errors: {
    "too few numbers": {
      run: () => repeat(zeros([2, 3]), [2]),
      message:
        "[repeat] times is [2] for x of [2, 3]. Give a number for every axis; tile takes fewer, and repeatInterleave repeats single elements.",
    },
    "a fraction": {
      run: () => repeat(zeros([2]), [1.5]),
      message: "[repeat] times is [1.5]. Give whole numbers of at least 0.",
    },
  },
});
