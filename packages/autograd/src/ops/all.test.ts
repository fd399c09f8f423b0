import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { all } from "./all.ts";

const rows = [
  [1, -2],
  [0, Number.NaN],
];

describeOp("all", {
  forward: {
    "over all elements": { f: (x) => all(x), inputs: [rows], output: false },
    "along one axis": { f: (x) => all(x, 1), inputs: [rows], output: [true, false] },
    "along the other, kept": {
      f: (x) => all(x, 0, { keepDims: true }),
      inputs: [rows],
      output: [[false, true]],
    },
    "of truth values": { f: (x) => all(x, [0]), inputs: [tensor([true, false])], output: false },
    "of nothing": { f: (x) => all(x), inputs: [[]], output: true },
  },
  smooth: "truth values have no derivative",
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => all(x, 0), inputs: [[0, 3]], output: [3] },
    "1 × 1": { f: (x) => all(x), inputs: [[1, 1]], output: [] },
  },
  kinks: "truth values have no derivative",
  errors: {
    "an axis that is not there": {
      run: () => all(zeros([2, 3]), 2 as never),
      message: "[all] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
