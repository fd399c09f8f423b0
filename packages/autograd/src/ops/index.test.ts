import { arange, tensor, zeros } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { describeOp } from "../../test/describe-op.ts";
import { vmap } from "../transforms/vmap.ts";
import type { Value } from "../variable.ts";
import { index } from "./index.ts";

const cube = arange(0, 24, 1, { dtype: "float64" }).reshape([2, 3, 4]);
const i = tensor([1, 0], { dtype: "int32" });
const j = tensor([[2], [0], [1]], { dtype: "int32" });
const column = tensor([[3], [1]], { dtype: "int32" });
const vector = tensor([true, false, true]);
const mask = tensor([
  [true, false, true],
  [false, true, false],
]);

describeOp("index", {
  forward: {
    "a vector of rows": {
      f: (x) => index(x, i),
      inputs: [cube],
      output: [
        [
          [12, 13, 14, 15],
          [16, 17, 18, 19],
          [20, 21, 22, 23],
        ],
        [
          [0, 1, 2, 3],
          [4, 5, 6, 7],
          [8, 9, 10, 11],
        ],
      ],
    },
    "positions from the end": {
      f: (x) => index(x, tensor([-1, 0], { dtype: "int32" })),
      inputs: [cube],
      output: [
        [
          [12, 13, 14, 15],
          [16, 17, 18, 19],
          [20, 21, 22, 23],
        ],
        [
          [0, 1, 2, 3],
          [4, 5, 6, 7],
          [8, 9, 10, 11],
        ],
      ],
    },
    "two tensors that broadcast, side by side": {
      f: (x) => index(x, i, j),
      inputs: [cube],
      output: [
        [
          [20, 21, 22, 23],
          [8, 9, 10, 11],
        ],
        [
          [12, 13, 14, 15],
          [0, 1, 2, 3],
        ],
        [
          [16, 17, 18, 19],
          [4, 5, 6, 7],
        ],
      ],
    },
    "behind a whole axis": {
      f: (x) => index(x, null, j),
      inputs: [cube],
      output: [
        [[[8, 9, 10, 11]], [[0, 1, 2, 3]], [[4, 5, 6, 7]]],
        [[[20, 21, 22, 23]], [[12, 13, 14, 15]], [[16, 17, 18, 19]]],
      ],
    },
    "two with a whole axis between, which come in front": {
      f: (x) => index(x, i, null, column),
      inputs: [cube],
      output: [
        [
          [15, 19, 23],
          [3, 7, 11],
        ],
        [
          [13, 17, 21],
          [1, 5, 9],
        ],
      ],
    },
    "a number beside a tensor": {
      f: (x) => index(x, null, 2, i),
      inputs: [cube],
      output: [
        [9, 8],
        [21, 20],
      ],
    },
    "uint8 positions": {
      f: (x) => index(x, tensor([1], { dtype: "uint8" })),
      inputs: [cube],
      output: [
        [
          [12, 13, 14, 15],
          [16, 17, 18, 19],
          [20, 21, 22, 23],
        ],
      ],
    },
    "a mask over one axis": {
      f: (x) => index(x, null, vector),
      inputs: [cube],
      output: [
        [
          [0, 1, 2, 3],
          [8, 9, 10, 11],
        ],
        [
          [12, 13, 14, 15],
          [20, 21, 22, 23],
        ],
      ],
    },
    "a mask over two axes": {
      f: (x) => index(x, mask),
      inputs: [cube],
      output: [
        [0, 1, 2, 3],
        [8, 9, 10, 11],
        [16, 17, 18, 19],
      ],
    },
    "a mask beside positions": {
      f: (x) => index(x, i, vector),
      inputs: [cube],
      output: [
        [12, 13, 14, 15],
        [8, 9, 10, 11],
      ],
    },
    nothing: { f: (x) => index(x, null), inputs: [[1, 2]], output: [1, 2] },
  },
  smooth: {
    "two tensors that broadcast": { f: (x) => index(x, i, j), inputs: [cube] },
    "in front": { f: (x) => index(x, i, null, column), inputs: [cube] },
    "a mask": { f: (x) => index(x, mask), inputs: [cube] },
  },
  broadcasting: "position tensors broadcast against each other, x does not; forward and smooth have them",
  empty: {
    "no positions": { f: (x) => index(x, zeros([0, 2], { dtype: "int32" })), inputs: [[3]], output: [0, 2] },
    "a mask without true elements": {
      f: (x) => index(x, tensor([[false, false]])),
      inputs: [[1, 2]],
      output: [0],
    },
    "one element": { f: (x) => index(x, -1), inputs: [[1]], output: [] },
  },
  kinks: {
    "duplicates add up, what is not read gets 0": {
      f: (x) => index(x, tensor([2, 0, -1], { dtype: "int32" })),
      inputs: [[1, Number.NaN, 3]],
      output: [3, 1, 3],
      gradients: [[1, 0, 2]],
    },
  },
  errors: {
    "a position outside its axis": {
      run: () => index(zeros([2, 3]), i, 3),
      message: "[index] position 3 is outside axis 1 of size 3. Give positions from -3 to 2.",
    },
    "a position outside the one axis": {
      run: () => index(zeros([2, 3]), -3),
      message: "[index] position -3 is outside axis 0 of size 2. Give positions from -2 to 1.",
    },
    "more positions than axes": {
      run: () => index(zeros([2]), 0, 0),
      message: "[index] positions for 2 axes: x is [2]. Give at most one position for each axis.",
    },
    "a mask of another size": {
      run: () => index(zeros([2, 3]), vector),
      message:
        "[index] position 0 is a mask of [3]: x is [2, 3], whose axes from 0 on are [2]. A mask has the sizes of the axes that it covers.",
    },
    "a number that is not whole": {
      run: () => index(zeros([2]), 0.5),
      message: "[index] position 0 is 0.5. Give a whole number.",
    },
    "positions that are not whole": {
      run: () => index(zeros([2]), zeros([1])),
      message:
        '[index] position 0 is float32. Give positions as int32 or uint8, for example with cast("int32"), or a bool mask.',
    },
    "positions that do not broadcast": {
      run: () =>
        index(zeros([4, 4]), tensor([0, 1], { dtype: "int32" }), tensor([0, 1, 2], { dtype: "int32" })),
      message:
        "[index] shapes do not broadcast: a is [2] (axis 0 = 2), b is [3] (axis 0 = 3). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a mask that vmap hides": {
      run: () => vmap((m: Value) => index(zeros([3]), m))(tensor([[true, false, true]])),
      message:
        "[index] position 0 is a mask of [3], whose values cannot be read inside vmap or a recording. How many elements it takes would depend on them; use where or maskedFill, which keep the shape.",
    },
  },
});

it("index reads inside vmap at each example's own positions", () => {
  const rows = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const picked = vmap((x: Value, at: Value) => index(x, at))(
    rows,
    tensor(
      [
        [0, 2],
        [-1, 1],
      ],
      { dtype: "int32" },
    ),
  );
  expect(picked.toArray()).toEqual([
    [1, 3],
    [6, 5],
  ]);
});
