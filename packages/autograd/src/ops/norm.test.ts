import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp, type KinkCase } from "../../test/describe-op.ts";
import type { Value } from "../variable.ts";
import { norm } from "./norm.ts";
import { reshape } from "./reshape.ts";

const rows = [
  [3, -4],
  [5, 12],
];
const clear = [
  [0.5, -1.5, 2],
  [-0.75, 1.25, 3],
];
const infinity = Number.POSITIVE_INFINITY;
const orders = [0.5, 1, 1.5, 2, 3, -1, infinity, -infinity];
/** torch.linalg.vector_norm of [0, 0], whatever p: 0, with gradient 0. */
const atZero = Object.fromEntries(
  orders.map((ord): [string, KinkCase] => [
    `p = ${ord} at 0`,
    { f: (x) => norm(x, 0, { ord }), inputs: [[0, 0]], output: 0, gradients: [[0, 0]] },
  ]),
);

describeOp("norm", {
  forward: {
    "the Euclidean length": { f: (x) => norm(x, 1), inputs: [rows], output: [5, 13] },
    "of all elements, kept": {
      f: (x) => norm(x, [0, 1], { keepDims: true }),
      inputs: [
        [
          [1, 2],
          [2, 4],
        ],
      ],
      output: [[5]],
    },
    "p = 1": { f: (x) => norm(x, 1, { ord: 1 }), inputs: [rows], output: [7, 17] },
    "p = ∞": { f: (x) => norm(x, 1, { ord: infinity }), inputs: [rows], output: [4, 12] },
    "p = −∞": { f: (x) => norm(x, 1, { ord: -infinity }), inputs: [rows], output: [3, 5] },
    "p = 0 counts": { f: (x) => norm(x, 0, { ord: 0 }), inputs: [[0, -3, 2]], output: 2 },
    "p = 3": { f: (x) => norm(x, 0, { ord: 3 }), inputs: [[3, 4, 5]], output: 6, tolerance: 1e-15 },
  },
  smooth: Object.fromEntries(
    orders.map((ord) => [
      `p = ${ord}`,
      { f: (x) => norm(x, 1, { ord, keepDims: ord > 1 }), inputs: [clear] },
    ]),
  ),
  broadcasting: "there is one input",
  empty: {
    "0 × 3 over its empty axis": { f: (x) => norm(x, 0), inputs: [[0, 3]], output: [3] },
    "0 × 3 over the other": { f: (x) => norm(x, 1, { ord: 3 }), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => norm(x), inputs: [[1, 1]], output: [] },
  },
  kinks: {
    ...atZero,
    "p = 0 is flat": { f: (x) => norm(x, 0, { ord: 0 }), inputs: [[1, 2]], output: 2, gradients: [[0, 0]] },
    "p = 1/2 beside a zero": {
      f: (x) => norm(x, 0, { ord: 0.5 }),
      inputs: [[0, 4]],
      output: 4,
      gradients: [[0, 1]],
    },
    "p = ∞ at a tie": {
      f: (x) => norm(x, 0, { ord: infinity }),
      inputs: [[3, -3, 1]],
      output: 3,
      gradients: [[0.5, -0.5, 0]],
    },
  },
  errors: {
    integers: {
      run: () => norm(tensor([1, 2], { dtype: "int32" })),
      message: '[norm] x is int32. It takes float32 or float64; use cast("float32").',
    },
    "the largest of nothing": {
      run: () => norm(zeros([0]), 0, { ord: infinity }),
      message:
        "[norm] x is [0]: axis 0 is empty and has no norm of p = Infinity. Reduce an axis that holds at least one element.",
    },
  },
});

describe("norm at 0", () => {
  it.each([1, 2, 3])("has derivatives of 0 of order 1 and 2 for p = %d", (ord) => {
    const each = derivatives((x) => norm<Value, number>(reshape(x, [-1, 1]), 1, { ord }), [0], 2);
    expect(each).toEqual([[0], [0], [0]]);
  });
});
