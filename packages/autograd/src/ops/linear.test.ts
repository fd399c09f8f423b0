import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { linear } from "./linear.ts";

describeOp("linear", {
  forward: {
    "of a batch of rows": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [
          [1, 2],
          [0, -1],
        ],
        [
          [3, 4],
          [5, 6],
          [7, 8],
        ],
      ],
      output: [
        [11, 17, 23],
        [-4, -6, -8],
      ],
    },
    "of one row without a batch axis": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [1, 2],
        [
          [3, 4],
          [5, 6],
        ],
      ],
      output: [11, 17],
    },
  },
  smooth: {
    "of a batch of rows": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [
          [1.2, -2.3],
          [0.4, 3.1],
          [0.2, 0.9],
        ],
        [
          [0.3, -0.4],
          [5.2, 0.6],
        ],
      ],
    },
    "of one row without a batch axis": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [1.2, -2.3],
        [
          [0.3, -0.4],
          [5.2, 0.6],
          [0.1, 0.7],
        ],
      ],
    },
  },
  broadcasting: {
    "two batch axes share the weight": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [[[1.2, -2.3]], [[0.4, 3.1]], [[0.2, 0.9]]],
        [
          [0.3, -0.4],
          [5.2, 0.6],
        ],
      ],
    },
  },
  empty: {
    "no rows": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [0, 2],
        [3, 2],
      ],
      output: [0, 3],
    },
    "no features out": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [4, 2],
        [0, 2],
      ],
      output: [4, 0],
    },
    "no features in": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [4, 0],
        [3, 0],
      ],
      output: [4, 3],
    },
    "one of each": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [1, 1],
        [1, 1],
      ],
      output: [1, 1],
    },
  },
  kinks: {
    "NaN stays in its row": {
      f: (x, weight) => linear(x, weight),
      inputs: [
        [
          [Number.NaN, 1],
          [2, 3],
        ],
        [[1, 10]],
      ],
      output: [[Number.NaN], [32]],
      gradients: [
        [
          [1, 10],
          [1, 10],
        ],
        [[Number.NaN, 4]],
      ],
    },
  },
  errors: {
    "a weight kept [in, out]": {
      run: () => linear(zeros([2, 3]) as never, zeros([3, 4]) as never),
      message:
        "[linear] last axes differ: x is [2, 3] (axis 1 = 3), weight is [3, 4] (axis 1 = 4). Give x as […, in] and weight as [out, in]; a weight kept [in, out] has to be transposed.",
    },
    "a weight of one axis": {
      run: () => linear(zeros([2, 3]) as never, zeros([3]) as never),
      message:
        "[linear] weight is not [out, in]: weight is [3]. Give x as […, in] and weight as [out, in]; a weight kept [in, out] has to be transposed.",
    },
    "an x without axes": {
      run: () => linear(zeros([]) as never, zeros([4, 3]) as never),
      message:
        "[linear] x has no axis: x is [], weight is [4, 3]. Give x as […, in] and weight as [out, in]; a weight kept [in, out] has to be transposed.",
    },
  },
});
