import { arange, tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { prod } from "./prod.ts";

const rows = [
  [1, 2, 3],
  [4, 5, 6],
];
const block = arange(0.5, 1.7, 0.1, { dtype: "float64" }).reshape([2, 2, 3]);

describeOp("prod", {
  forward: {
    "over all elements": { f: (x) => prod(x), inputs: [rows], output: 720 },
    "over one axis": { f: (x) => prod(x, -1), inputs: [rows], output: [6, 120] },
    "over several, kept": { f: (x) => prod(x, [0, 1], { keepDims: true }), inputs: [rows], output: [[720]] },
    "over none": { f: (x) => prod(x, []), inputs: [[2, 3]], output: [2, 3] },
    "of nothing": { f: (x) => prod(x), inputs: [[]], output: 1 },
    "truth values": { f: (x) => prod(x), inputs: [tensor([true, true])], output: 1 },
  },
  smooth: {
    "over outer and inner axes": { f: (x) => prod(x, [0, 2]), inputs: [block] },
    "over the middle one, kept": { f: (x) => prod(x, 1, { keepDims: true }), inputs: [block] },
    "one zero": { f: (x) => prod(x), inputs: [[0, 2, 3, 4, 5]] },
    "two zeros": {
      f: (x) => prod(x, 1),
      inputs: [
        [
          [0, 2, 0],
          [3, 0, 0],
        ],
      ],
    },
    "of a scalar": { f: (x) => prod(x), inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => prod(x, 0), inputs: [[0, 3]], output: [3] },
    "0 × 3 over the other": { f: (x) => prod(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => prod(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    "a zero": { f: (x) => prod(x), inputs: [[0, 2, 3]], output: 0, gradients: [[6, 0, 0]] },
    "two zeros": { f: (x) => prod(x), inputs: [[0, 2, 0, 3]], output: 0, gradients: [[0, 0, 0, 0]] },
    "what does not overflow in the product of the others": {
      f: (x) => prod(x),
      inputs: [[1e300, 1e300, 0]],
      output: Number.POSITIVE_INFINITY * 0,
      gradients: [[0, 0, Number.POSITIVE_INFINITY]],
    },
    "a NaN reaches all but itself": {
      f: (x) => prod(x),
      inputs: [[Number.NaN, 2, 3]],
      output: Number.NaN,
      gradients: [[6, Number.NaN, Number.NaN]],
    },
  },
  errors: {
    "an axis that is not there": {
      run: () => prod(zeros([2, 3]), 2 as never),
      message: "[prod] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
