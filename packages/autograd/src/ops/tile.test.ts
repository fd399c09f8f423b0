import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { tile } from "./tile.ts";

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("tile", {
  forward: {
    "of a matrix": {
      f: (x) => tile(x, [2, 2]),
      inputs: [matrix],
      output: [
        [1, 2, 3, 1, 2, 3],
        [4, 5, 6, 4, 5, 6],
        [1, 2, 3, 1, 2, 3],
        [4, 5, 6, 4, 5, 6],
      ],
    },
    "fewer numbers than axes": {
      f: (x) => tile(x, [2]),
      inputs: [matrix],
      output: [
        [1, 2, 3, 1, 2, 3],
        [4, 5, 6, 4, 5, 6],
      ],
    },
    "more numbers than axes": {
      f: (x) => tile(x, [2, 1, 1]),
      inputs: [matrix],
      output: [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    },
    "no copy at all": { f: (x) => tile(x, [0]), inputs: [[1, 2]], output: [] },
  },
  smooth: {
    "of a matrix": {
      f: (x) => tile(x, [2, 3]),
      inputs: [matrix],
    },
    "with new axes": { f: (x) => tile(x, [2, 1, 2]), inputs: [[1, 2]] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => tile(x, [2, 2]), inputs: [[0, 3]], output: [0, 6] },
    "no axis": { f: (x) => tile(x, [3]), inputs: [[]], output: [3] },
    "one element": { f: (x) => tile(x, []), inputs: [[1]], output: [1] },
  },
  kinks: {
    "every copy counts": {
      f: (x) => tile(x, [3]),
      inputs: [[Number.NaN, 2]],
      output: [Number.NaN, 2, Number.NaN, 2, Number.NaN, 2],
      gradients: [[3, 3]],
    },
  },
  errors: {
    "a negative number": {
      run: () => tile(zeros([2]), [-1]),
      message: "[tile] times is [-1]. Give whole numbers of at least 0.",
    },
  },
});
