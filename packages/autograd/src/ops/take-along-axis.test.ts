import { type NestedArray, tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { takeAlongAxis } from "./take-along-axis.ts";

const column = tensor([[2], [1]], { dtype: "int32" });
const one = tensor([[1]], { dtype: "int32" });
const square = tensor(
  [
    [0, 1],
    [1, 0],
  ],
  { dtype: "int32" },
);

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("takeAlongAxis", {
  forward: {
    "a column for all rows": {
      f: (x) => takeAlongAxis(x, column, 1),
      inputs: [matrix],
      output: [[3], [5]],
    },
    "one index for all rows": {
      f: (x) => takeAlongAxis(x, one, 1),
      inputs: [matrix],
      output: [[2], [5]],
    },
    "x stretches too": {
      f: (x) => takeAlongAxis(x, square, 1),
      inputs: [[[5, 6]]],
      output: [
        [5, 6],
        [6, 5],
      ],
    },
  },
  smooth: {
    "one a row": {
      f: (x) => takeAlongAxis(x, column, -1),
      inputs: [matrix],
    },
    "x stretches too": { f: (x) => takeAlongAxis(x, square, 1), inputs: [[[5, 6]]] },
  },
  broadcasting: {
    "index against x, with duplicates": {
      f: (x) => takeAlongAxis(x, one, 1),
      inputs: [matrix],
    },
  },
  empty: {
    "no row": { f: (x) => takeAlongAxis(x, one, 1), inputs: [[0, 3]], output: [0, 1] },
    "no index": { f: (x) => takeAlongAxis(x, zeros([0], { dtype: "int32" }), 0), inputs: [[3]], output: [0] },
    "one element": {
      f: (x) => takeAlongAxis(x, zeros([1], { dtype: "int32" }), 0),
      inputs: [[1]],
      output: [1],
    },
  },
  kinks: {
    "duplicates add up, what is not read gets 0": {
      f: (x) => takeAlongAxis(x, square, 1),
      inputs: [[[Number.POSITIVE_INFINITY, 6, Number.NaN]]],
      output: [
        [Number.POSITIVE_INFINITY, 6],
        [6, Number.POSITIVE_INFINITY],
      ],
      gradients: [[[2, 2, 0]]],
    },
  },
  errors: {
    "another rank": {
      run: () => takeAlongAxis(zeros([2, 3]), zeros([2], { dtype: "int32" }), 1),
      message:
        "[takeAlongAxis] index is [2], x is [2, 3]. Both must have one rank; unsqueeze the index where it lacks an axis.",
    },
    "axes that do not broadcast": {
      run: () => takeAlongAxis(zeros([2, 3]), zeros([3, 1], { dtype: "int32" }), 1),
      message:
        "[takeAlongAxis] shapes do not broadcast: a is [2, 1] (axis 0 = 2), b is [3, 1] (axis 0 = 3). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
  },
});
