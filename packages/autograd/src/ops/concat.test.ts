import { tensor, zeros } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { describeOp } from "../../test/describe-op.ts";
import { grad } from "../backward.ts";
import { Variable } from "../variable.ts";
import { concat } from "./concat.ts";
import { slice } from "./slice.ts";
import { sum } from "./sum.ts";

describeOp("concat", {
  forward: {
    "of vectors": { f: (...xs) => concat(xs), inputs: [[1, 2], [3], [4, 5]], output: [1, 2, 3, 4, 5] },
    "along the last axis": {
      f: (...xs) => concat(xs, -1),
      inputs: [
        [[1], [2]],
        [
          [3, 4],
          [5, 6],
        ],
      ],
      output: [
        [1, 3, 4],
        [2, 5, 6],
      ],
    },
    "of one": { f: (x) => concat([x]), inputs: [[1, 2]], output: [1, 2] },
    "of x with itself": { f: (x) => concat([x, x]), inputs: [[1, 2]], output: [1, 2, 1, 2] },
  },
  smooth: {
    "three along axis 1": {
      f: (...xs) => concat(xs, 1),
      inputs: [
        [[1], [2]],
        [
          [3, 4],
          [5, 6],
        ],
        [[7], [8]],
      ],
    },
    "x with itself": { f: (x) => concat([x, x]), inputs: [[1, 2]] },
  },
  broadcasting: "shapes must agree on all axes but the joined one",
  empty: {
    "0 with 2": { f: (...xs) => concat(xs), inputs: [[0], [2]], output: [2] },
    "0 × 1 with 0 × 2": {
      f: (...xs) => concat(xs, 1),
      inputs: [
        [0, 1],
        [0, 2],
      ],
      output: [0, 3],
    },
    "1 with 1": { f: (...xs) => concat(xs), inputs: [[1], [1]], output: [2] },
  },
  kinks: {
    "each input gets its own part of the gradient": {
      f: (...xs) => slice(concat(xs), { start: 1, stop: 3 }),
      inputs: [
        [Number.NaN, -0],
        [Number.POSITIVE_INFINITY, 1],
      ],
      output: [-0, Number.POSITIVE_INFINITY],
      gradients: [
        [0, 1],
        [1, 0],
      ],
    },
  },
  errors: {
    "other axes differ": {
      run: () => concat([zeros([2, 3]), zeros([2, 4])] as never),
      message:
        "[concat] tensor 1 is [2, 4], tensor 0 is [2, 3], axis is 0. All must have one rank, and one size on every axis but the joined one.",
    },
    "nothing to join": {
      run: () => concat([]),
      message: "[concat] there is nothing to join. Give at least one tensor.",
    },
    "an axis that is not there": {
      run: () => concat([zeros([2])], 1 as never),
      message: "[concat] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    },
  },
});

it("concat reaches one input where the others are constants", () => {
  const x = new Variable(tensor([1, 2]), { requiresGrad: true });
  const y = concat([zeros([3]), x]);
  expect(grad(sum(y), [x])[0]?.toArray()).toEqual([1, 1]);
});
