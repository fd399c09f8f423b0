import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { slice } from "./slice.ts";

const rows = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
  [10, 11, 12],
];

describeOp("slice", {
  forward: {
    "stop is excluded": { f: (x) => slice(x, { start: 1, stop: 3 }), inputs: [[1, 2, 3, 4]], output: [2, 3] },
    "a number drops the axis": { f: (x) => slice(x, -1), inputs: [rows], output: [10, 11, 12] },
    "null keeps the axis": { f: (x) => slice(x, null, 1), inputs: [rows], output: [2, 5, 8, 11] },
    "a negative step counts down from the end": {
      f: (x) => slice(x, { step: -2 }, { stop: 2 }),
      inputs: [rows],
      output: [
        [10, 11],
        [4, 5],
      ],
    },
    "bounds beyond the axis are cut": {
      f: (x) => slice(x, { start: -9, stop: 9 }),
      inputs: [[1, 2]],
      output: [1, 2],
    },
  },
  smooth: {
    "a strided block": { f: (x) => slice(x, { step: -2 }, { start: 1 }), inputs: [rows] },
    "a row": { f: (x) => slice(x, 2), inputs: [rows] },
    "one element": { f: (x) => slice(x, 1, 1), inputs: [rows] },
  },
  broadcasting: "there is one input",
  empty: {
    "nothing of 3": { f: (x) => slice(x, { start: 2, stop: 1 }), inputs: [[3]], output: [0] },
    "0 × 3": { f: (x) => slice(x, null, { start: 1 }), inputs: [[0, 3]], output: [0, 2] },
    "1 × 1": { f: (x) => slice(x, 0), inputs: [[1, 1]], output: [1] },
  },
  kinks: {
    "what is not read gets 0, whatever it is": {
      f: (x) => slice(x, { stop: 1 }),
      inputs: [[-0, Number.NaN, Number.POSITIVE_INFINITY]],
      output: [-0],
      gradients: [[1, 0, 0]],
    },
  },
  errors: {
    "an index outside the axis": {
      run: () => slice(zeros([2, 3]), null, 3),
      message: "[slice] index 3 is outside axis 1 of size 3. Give an index from -3 to 2.",
    },
    "more ranges than axes": {
      run: () => slice(zeros([2]), 0, 0),
      message:
        "[slice] 2 ranges for a tensor of shape [2]. Give at most 1, one for each axis; null keeps an axis whole.",
    },
  },
});
