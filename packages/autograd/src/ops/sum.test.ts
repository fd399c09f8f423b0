import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { permute } from "./permute.ts";
import { sum } from "./sum.ts";

const block = [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
  [
    [9, 10],
    [11, 12],
  ],
];

describeOp("sum", {
  forward: {
    "over all axes": { f: (x) => sum(x), inputs: [block], output: 78 },
    "over one": {
      f: (x) => sum(x, -1),
      inputs: [block],
      output: [
        [3, 7],
        [11, 15],
        [19, 23],
      ],
    },
    "over several": { f: (x) => sum(x, [0, 2]), inputs: [block], output: [33, 45] },
    "over none": { f: (x) => sum(x, []), inputs: [[1, 2]], output: [1, 2] },
    keepDims: {
      f: (x) => sum(x, 0, { keepDims: true }),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      output: [[4, 6]],
    },
    "of nothing": { f: (x) => sum(x), inputs: [[]], output: 0 },
    "float32 in a float64 accumulator": {
      f: (x) => sum(x),
      inputs: [tensor([2 ** 24, 1, 1])],
      output: 2 ** 24 + 2,
    },
    "truth values are counted": { f: (x) => sum(x), inputs: [tensor([true, false, true])], output: 2 },
  },
  smooth: {
    "over all axes": { f: (x) => sum(x), inputs: [block] },
    "over the outer two": { f: (x) => sum(x, [0, -1]), inputs: [block] },
    "over one, kept": { f: (x) => sum(x, 1, { keepDims: true }), inputs: [block] },
    "of a permuted view": { f: (x) => sum(permute(x, [2, 0, 1]), 0), inputs: [block] },
    "of a scalar over axis 0": { f: (x) => sum(x, 0), inputs: [5] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => sum(x, 0), inputs: [[0, 3]], output: [3] },
    "0 × 3 over the other": { f: (x) => sum(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => sum(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "infinities cancel to NaN": {
      f: (x) => sum(x),
      inputs: [[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
      output: Number.NaN,
      gradients: [[1, 1]],
    },
  },
  errors: {
    "an axis twice": {
      run: () => sum(zeros([2, 3]), [0, -2] as never),
      message: "[sum] axis 0 is named twice in [0, -2]. Name each axis once.",
    },
    "an axis that is not there": {
      run: () => sum(zeros([2, 3]), 2 as never),
      message: "[sum] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
