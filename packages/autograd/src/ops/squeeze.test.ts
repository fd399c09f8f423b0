import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { permute } from "./permute.ts";
import { squeeze } from "./squeeze.ts";

describeOp("squeeze", {
  forward: {
    "all axes of size 1": { f: (x) => squeeze(x), inputs: [[[[1], [2]]]], output: [1, 2] },
    "one axis": { f: (x) => squeeze(x, -1), inputs: [[[[1], [2]]]], output: [[1, 2]] },
    "an axis of another size stays": { f: (x) => squeeze(x, 1), inputs: [[[1, 2]]], output: [[1, 2]] },
    "a number is left": { f: (x) => squeeze(x), inputs: [[[5]]], output: 5 },
  },
  smooth: {
    "all axes": { f: (x) => squeeze(x), inputs: [[[[1], [2]]]] },
    "of a permuted view": {
      f: (x) => squeeze(permute(x, [2, 1, 0]), 2),
      inputs: [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "1 × 0 × 1": { f: (x) => squeeze(x), inputs: [[1, 0, 1]], output: [0] },
    "1 × 1": { f: (x) => squeeze(x, 0), inputs: [[1, 1]], output: [1] },
  },
  kinks: {
    "NaN and −0 stay": {
      f: (x) => squeeze(x),
      inputs: [[[Number.NaN, -0]]],
      output: [Number.NaN, -0],
      gradients: [[[1, 1]]],
    },
  },
  errors: {
    "an axis that is not there": {
      run: () => squeeze(zeros([1, 2]), 2 as never),
      message: "[squeeze] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
