import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { tril } from "./tril.ts";

describeOp("tril", {
  forward: {
    "of a matrix": {
      f: (x) => tril(x),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [1, 0, 0],
        [4, 5, 0],
      ],
    },
    "another diagonal": {
      f: (x) => tril(x, 1),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [1, 2, 0],
        [4, 5, 6],
      ],
    },
    "below the main one": {
      f: (x) => tril(x, -1),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
      output: [
        [0, 0, 0],
        [4, 0, 0],
      ],
    },
    "of a batch": {
      f: (x) => tril(x),
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
          [1, 0, 0],
          [4, 5, 0],
        ],
        [
          [7, 0, 0],
          [10, 11, 0],
        ],
      ],
    },
    "of bools": {
      f: (x) => tril(x),
      inputs: [
        tensor([
          [true, true],
          [true, true],
        ]),
      ],
      output: [
        [1, 0],
        [1, 1],
      ],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => tril(x),
      inputs: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    },
    "of a batch": {
      f: (x) => tril(x, -1),
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
    "0 × 3": { f: (x) => tril(x), inputs: [[0, 3]], output: [0, 3] },
    "3 × 0": { f: (x) => tril(x), inputs: [[3, 0]], output: [3, 0] },
    "one element": { f: (x) => tril(x), inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: {
    "what is set to 0 gets 0, whatever it was": {
      f: (x) => tril(x),
      inputs: [
        [
          [1, Number.NaN],
          [3, 4],
        ],
      ],
      output: [
        [1, 0],
        [3, 4],
      ],
      gradients: [
        [
          [1, 0],
          [1, 1],
        ],
      ],
    },
  },
  errors: {
    "a vector": {
      run: () => tril(zeros([2])),
      message:
        "[tril] x is [2]. Give a tensor of at least two axes, the last two of which are rows and columns.",
    },
    "a fraction": {
      run: () => tril(zeros([2, 2]), 0.5),
      message: "[tril] diagonal is 0.5. Give a whole number.",
    },
  },
});
