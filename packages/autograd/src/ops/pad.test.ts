import { type NestedArray, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { pad } from "./pad.ts";

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];

describeOp("pad", {
  forward: {
    "with zeros": { f: (x) => pad(x, [[1, 2]]), inputs: [[1, 2]], output: [0, 1, 2, 0, 0] },
    "with a value, on the last axis only": {
      f: (x) => pad(x, [[0, 1]], { value: 9 }),
      inputs: [matrix],
      output: [
        [1, 2, 3, 9],
        [4, 5, 6, 9],
      ],
    },
    mirrored: {
      f: (x) =>
        pad(
          x,
          [
            [1, 1],
            [2, 2],
          ],
          { mode: "reflect" },
        ),
      inputs: [matrix],
      output: [
        [6, 5, 4, 5, 6, 5, 4],
        [3, 2, 1, 2, 3, 2, 1],
        [6, 5, 4, 5, 6, 5, 4],
        [3, 2, 1, 2, 3, 2, 1],
      ],
    },
    "with its edge": {
      f: (x) =>
        pad(
          x,
          [
            [1, 0],
            [2, 3],
          ],
          { mode: "edge" },
        ),
      inputs: [matrix],
      output: [
        [1, 1, 1, 2, 3, 3, 3, 3],
        [1, 1, 1, 2, 3, 3, 3, 3],
        [4, 4, 4, 5, 6, 6, 6, 6],
      ],
    },
    "not at all": { f: (x) => pad(x, [[0, 0]], { mode: "reflect" }), inputs: [[1, 2]], output: [1, 2] },
  },
  smooth: {
    "with a value": {
      f: (x) =>
        pad(
          x,
          [
            [1, 0],
            [2, 1],
          ],
          { value: 0.5 },
        ),
      inputs: [matrix],
    },
    mirrored: {
      f: (x) =>
        pad(
          x,
          [
            [1, 1],
            [2, 1],
          ],
          { mode: "reflect" },
        ),
      inputs: [matrix],
    },
    "with its edge": {
      f: (x) => pad(x, [[2, 1]], { mode: "edge" }),
      inputs: [matrix],
    },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": {
      f: (x) =>
        pad(x, [
          [1, 1],
          [0, 1],
        ]),
      inputs: [[0, 3]],
      output: [2, 4],
    },
    "no axis": { f: (x) => pad(x, []), inputs: [[]], output: [] },
    "one element": { f: (x) => pad(x, [[1, 2]], { mode: "edge" }), inputs: [[1]], output: [4] },
  },
  kinks: {
    "what is mirrored gets both gradients": {
      f: (x) => pad(x, [[2, 1]], { mode: "reflect" }),
      inputs: [[1, Number.NaN, 3]],
      output: [3, Number.NaN, 1, Number.NaN, 3, Number.NaN],
      gradients: [[1, 3, 2]],
    },
    "infinity around x gets no gradient": {
      f: (x) => pad(x, [[1, 1]], { value: Number.POSITIVE_INFINITY }),
      inputs: [[2]],
      output: [Number.POSITIVE_INFINITY, 2, Number.POSITIVE_INFINITY],
      gradients: [[1]],
    },
  },
  errors: {
    "more pairs than axes": {
      run: () =>
        pad(zeros([2]), [
          [1, 1],
          [1, 1],
        ] as never),
      message: "[pad] 2 pairs for x of [2]. Give at most one pair [before, after] for each axis.",
    },
    "a negative amount": {
      run: () => pad(zeros([2]), [[-1, 0]]),
      message: "[pad] padding is [-1, 0]. Give whole numbers of at least 0.",
    },
    "more than can be mirrored": {
      run: () => pad(zeros([2, 3]), [[3, 0]], { mode: "reflect" }),
      message:
        '[pad] mode is "reflect", padding is [3, 0]: x is [2, 3] (axis 1 = 3). The axis must have at least 4 elements; pad less, or with a constant.',
    },
    "no edge": {
      run: () => pad(zeros([0]), [[1, 0]], { mode: "edge" }),
      message:
        '[pad] mode is "edge", padding is [1, 0]: x is [0] (axis 0 = 0). The axis must have at least 1 elements; pad less, or with a constant.',
    },
    "an unknown mode": {
      run: () => pad(zeros([2]), [[1, 0]], { mode: "wrap" } as never),
      message: '[pad] mode is "wrap". Give "constant", "reflect" or "edge".',
    },
    "a value that integers cannot hold": {
      run: () => pad(zeros([2], { dtype: "int32" }), [[1, 0]], { value: 0.5 }),
      message:
        '[pad] the number 0.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
});
