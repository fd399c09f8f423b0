import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { slice } from "./slice.ts";
import { stack } from "./stack.ts";

describeOp("stack", {
  forward: {
    "as rows": {
      f: (...xs) => stack(xs),
      inputs: [
        [1, 2],
        [3, 4],
      ],
      output: [
        [1, 2],
        [3, 4],
      ],
    },
    "as columns": {
      f: (...xs) => stack(xs, -1),
      inputs: [
        [1, 2],
        [3, 4],
      ],
      output: [
        [1, 3],
        [2, 4],
      ],
    },
    "of scalars": { f: (...xs) => stack(xs), inputs: [1, 2, 3], output: [1, 2, 3] },
  },
  smooth: {
    "in front": {
      f: (...xs) => stack(xs),
      inputs: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
    "in the middle": {
      f: (...xs) => stack(xs, 1),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ],
    },
  },
  broadcasting: "all inputs have one shape",
  empty: {
    "0 with 0": { f: (...xs) => stack(xs), inputs: [[0], [0]], output: [2, 0] },
    "one of 1": { f: (...xs) => stack(xs, 1), inputs: [[1]], output: [1, 1] },
  },
  kinks: {
    "each input gets its own part of the gradient": {
      f: (...xs) => slice(stack(xs), 1),
      inputs: [
        [Number.NaN, 2],
        [-0, Number.NaN],
      ],
      output: [-0, Number.NaN],
      gradients: [
        [0, 0],
        [1, 1],
      ],
    },
  },
  errors: {
    "shapes differ": {
      run: () => stack([zeros([2]), zeros([3])] as never),
      message:
        "[stack] tensor 1 is [3], tensor 0 is [2]. All must have one shape; concat joins along an axis that they have.",
    },
    "nothing to join": {
      run: () => stack([]),
      message: "[stack] there is nothing to join. Give at least one tensor.",
    },
    "an axis that the result does not have": {
      run: () => stack([zeros([2])], 2 as number),
      message: "[stack] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    },
  },
});
