import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { triu } from "./triu.ts";

describeOp("triu", {
  forward: {
    "of a matrix": {
      f: (x) => triu(x),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [1, 2, 3],
        [0, 5, 6],
      ],
    },
    "another diagonal": {
      f: (x) => triu(x, 1),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [0, 2, 3],
        [0, 0, 6],
      ],
    },
    "below the main one": {
      f: (x) => triu(x, -1),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    "of a batch": {
      f: (x) => triu(x),
      inputs: [
        [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [
            [7, 8, 9],
            [10, 11, 12],
          ],
        ],
      ],
      output: [
        [
          [1, 2, 3],
          [0, 5, 6],
        ],
        [
          [7, 8, 9],
          [0, 11, 12],
        ],
      ],
    },
    "of bools": {
      f: (x) => triu(x),
      inputs: [
        tensor([
          [true, true],
          [true, true],
        ]),
      ],
      output: [
        [1, 1],
        [0, 1],
      ],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => triu(x),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    },
    "of a batch": {
      f: (x) => triu(x, -1),
      inputs: [
        [
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [
            [7, 8, 9],
            [10, 11, 12],
          ],
        ],
      ],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => triu(x), inputs: [[0, 3]], output: [0, 3] },
    "3 × 0": { f: (x) => triu(x), inputs: [[3, 0]], output: [3, 0] },
    "one element": { f: (x) => triu(x), inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: {
    "what is set to 0 gets 0, whatever it was": {
      f: (x) => triu(x),
      inputs: [
        [
          [1, 2],
          [Number.NaN, 4],
        ],
      ],
      output: [
        [1, 2],
        [0, 4],
      ],
      gradients: [
        [
          [1, 1],
          [0, 1],
        ],
      ],
    },
  },
  errors: {
    "a vector": {
      run: () => triu(zeros([2])),
      message:
        "[triu] x is [2]. Give a tensor of at least two axes, the last two of which are rows and columns.",
    },
    "a fraction": {
      run: () => triu(zeros([2, 2]), 0.5),
      message: "[triu] diagonal is 0.5. Give a whole number.",
    },
  },
});
