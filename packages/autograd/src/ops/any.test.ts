import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { any } from "./any.ts";

const rows = [
  [1, -2],
  [0, Number.NaN],
];

describeOp("any", {
  forward: {
    "over all elements": { f: (x) => any(x), inputs: [rows], output: true },
    "along one axis": { f: (x) => any(x, 1), inputs: [rows], output: [true, true] },
    "along the other, kept": {
      f: (x) => any(x, 0, { keepDims: true }),
      inputs: [rows],
      output: [[true, true]],
    },
    "of truth values": { f: (x) => any(x, [0]), inputs: [tensor([true, false])], output: true },
    "of nothing": { f: (x) => any(x), inputs: [[]], output: false },
  },
  smooth: "truth values have no derivative",
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => any(x, 0), inputs: [[0, 3]], output: [3] },
    "1 × 1": { f: (x) => any(x), inputs: [[1, 1]], output: [] },
  },
  kinks: "truth values have no derivative",
  errors: {
    "an axis that is not there": {
      run: () => any(zeros([2, 3]), 2 as never),
      message: "[any] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
