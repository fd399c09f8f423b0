import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { unsqueeze } from "./unsqueeze.ts";

describeOp("unsqueeze", {
  forward: {
    "in front": { f: (x) => unsqueeze(x, 0), inputs: [[1, 2]], output: [[1, 2]] },
    behind: { f: (x) => unsqueeze(x, -1), inputs: [[1, 2]], output: [[1], [2]] },
    "of a scalar": { f: (x) => unsqueeze(x, 0), inputs: [3], output: [3] },
  },
  smooth: {
    "in the middle": {
      f: (x) => unsqueeze(x, 1),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0": { f: (x) => unsqueeze(x, 1), inputs: [[0]], output: [0, 1] },
    "1": { f: (x) => unsqueeze(x, 0), inputs: [[1]], output: [1, 1] },
  },
  kinks: {
    "NaN and −0 stay": {
      f: (x) => unsqueeze(x, 0),
      inputs: [[Number.NaN, -0]],
      output: [[Number.NaN, -0]],
      gradients: [[1, 1]],
    },
  },
  errors: {
    "an axis that the result does not have": {
      run: () => unsqueeze(zeros([2]), 2 as never),
      message: "[unsqueeze] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
