import { arange, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { cumprod } from "./cumprod.ts";

const block = arange(0.5, 1.7, 0.1, { dtype: "float64" }).reshape([2, 3, 2]);

describeOp("cumprod", {
  forward: {
    "along the first axis": {
      f: (x) => cumprod(x, 0),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      output: [
        [1, 2],
        [3, 8],
      ],
    },
    "of a scalar": { f: (x) => cumprod(x, 0 as never), inputs: [3], output: 3 },
  },
  smooth: {
    "along the middle axis": { f: (x) => cumprod(x, 1), inputs: [block] },
    "one zero": { f: (x) => cumprod(x, 0), inputs: [[2, 0, 3, 4, 5]] },
    "two zeros, the first among them": { f: (x) => cumprod(x, -1), inputs: [[0, 2, 0, 3]] },
    "of a scalar": { f: (x) => cumprod(x, -1 as never), inputs: [3] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along its empty axis": { f: (x) => cumprod(x, 0), inputs: [[0, 3]], output: [0, 3] },
    "0 × 3 along the other": { f: (x) => cumprod(x, 1), inputs: [[0, 3]], output: [0, 3] },
    "1 × 1": { f: (x) => cumprod(x, 1), inputs: [[1, 1]], output: [1, 1] },
  },
  kinks: {
    "two zeros, as torch.cumprod": {
      f: (x) => cumprod(x, 0),
      inputs: [[2, 0, 3, 0, 5]],
      output: [2, 0, 0, 0, 0],
      gradients: [[1, 8, 0, 0, 0]],
    },
  },
  errors: {
    "an axis that is not there": {
      run: () => cumprod(zeros([2, 3]), 2 as never),
      message: "[cumprod] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
