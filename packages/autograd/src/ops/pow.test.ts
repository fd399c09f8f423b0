import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { grad, sum, type Variable, variable } from "../index.ts";
import { add } from "./add.ts";
import { pow } from "./pow.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("pow", {
  forward: {
    "of two vectors": {
      f: (a, b) => pow(a, b),
      inputs: [
        [2, 3, 4],
        [3, 2, 0.5],
      ],
      output: [8, 9, 2],
    },
    "of a number on the right": { f: (a) => pow(a, 2), inputs: [[1, -2, 3]], output: [1, 4, 9] },
    "of a number on the left": { f: (b) => pow(2, b), inputs: [[1, -2, 3]], output: [2, 0.25, 8] },
    "of integers": {
      f: (a, b) => pow(a, b),
      inputs: [tensor([2, -3], { dtype: "int32" }), tensor([10, 3], { dtype: "int32" })],
      output: [1024, -27],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => pow(a, b),
      inputs: [
        [1.2, 2.3, 0.4],
        [3.1, 1.2, -0.6],
      ],
    },
    "of a number on the right": { f: (a) => pow(a, 3), inputs: [[1.2, -2.3, 0.7]] },
    "of a fraction on the right": { f: (a) => pow(a, -0.5), inputs: [[1.2, 2.3]] },
    "of a number on the left": { f: (b) => pow(1.5, b), inputs: [[1.2, -2.3, 0]] },
    "of one and the same": { f: (a) => pow(a, a), inputs: [[1.2, 2.3]] },
    "through the exponents 2, 1 and 0": {
      f: (a) => add(pow(a, 2), add(pow(a, 1), pow(a, 0))),
      inputs: [[1.2, -2.3]],
    },
    "with exponents on the tape that are 0, 1 and 2": {
      f: (a, b) => pow(a, b),
      inputs: [
        [1.2, 2.3, 0.7],
        [0, 1, 2],
      ],
    },
  },
  broadcasting: {
    "row and column": { f: (a, b) => pow(a, b), inputs: [[[1.1], [2.2]], [[3.3, 0.4, 1.5]]] },
    "scalar and matrix": {
      f: (a, b) => pow(a, b),
      inputs: [
        2.3,
        [
          [1.1, 2.2],
          [3.3, 4.4],
        ],
      ],
    },
    "matrix and vector": {
      f: (a, b) => pow(a, b),
      inputs: [
        [
          [1.1, 2.2],
          [3.3, 4.4],
        ],
        [0.7, 5.5],
      ],
    },
  },
  empty: {
    "0 × 3 with 3": { f: (a, b) => pow(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "0 with 1": { f: (a, b) => pow(a, b), inputs: [[0], [1]], output: [0] },
    "1 with 3": { f: (a, b) => pow(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => pow(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "x² at 0": { f: (a) => pow(a, 2), inputs: [[0, -0]], output: [0, 0], gradients: [[0, -0]] },
    "x¹ at 0": { f: (a) => pow(a, 1), inputs: [[0]], output: [0], gradients: [[1]] },
    "x⁰ is flat, at 0, ∞ and NaN too": {
      f: (a) => pow(a, 0),
      inputs: [[0, 2, -1, inf, nan]],
      output: [1, 1, 1, 1, 1],
      gradients: [[0, 0, 0, 0, 0]],
    },
    "√x and 1/x at 0": {
      f: (a, b) => pow(a, b),
      inputs: [
        [0, 0],
        [0.5, -1],
      ],
      output: [0, inf],
      gradients: [
        [inf, -inf],
        [0, -inf],
      ],
    },
    "0ᵇ: flat in b for b ≥ 0, −∞ for b < 0": {
      f: (a, b) => pow(a, b),
      inputs: [
        [0, 0, 0],
        [2, 0, -2],
      ],
      output: [0, 1, inf],
      gradients: [
        [0, 0, -inf],
        [0, 0, -inf],
      ],
    },
    "the number 0 as base": { f: (b) => pow(0, b), inputs: [[2, 0]], output: [0, 1], gradients: [[0, 0]] },
    "a negative base has a power where b is whole, and no derivative in b": {
      f: (a, b) => pow(a, b),
      inputs: [
        [-2, -2],
        [3, 0.5],
      ],
      output: [-8, nan],
      gradients: [
        [12, nan],
        [nan, nan],
      ],
    },
    "NaN in the exponent": {
      f: (a, b) => pow(a, b),
      inputs: [[2], [nan]],
      output: [nan],
      gradients: [[nan], [nan]],
    },
    float32: { f: (a) => pow(a, 2), inputs: [tensor([0, -3])], output: [0, 9], gradients: [[0, -6]] },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => pow(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[pow] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a fraction beside integers": {
      run: () => pow(tensor([1], { dtype: "int32" }), 2.5),
      message:
        '[pow] the number 2.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
    "two bools": {
      run: () => pow(tensor([true]), tensor([false])),
      message:
        '[pow] both operands are bool. Use and, or, xor or not for logic, or cast one of them, for example with cast("int32").',
    },
  },
});

describe("pow: higher derivatives", () => {
  it("of whole powers are those of the polynomial, at 0 too", () => {
    expect(derivatives((x) => pow(x, 3), [0, 2], 5)).toEqual([
      [0, 8],
      [0, 12],
      [0, 12],
      [6, 6],
      [0, 0],
      [0, 0],
    ]);
  });

  it("in the exponent are y·(ln a)ⁿ, and 0 for a = 0", () => {
    expect(derivatives((b) => pow(2, b), [0], 2)).toEqual([[1], [Math.LN2], [Math.LN2 * Math.LN2]]);
    expect(derivatives((b) => pow(0, b), [0, 2], 3)).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it("mixed, at b = 0, are 1/a in both orders", () => {
    const [a, b] = [variable([2, 4]), variable([0, 0])];
    const [inA, inB] = grad(sum(pow(a, b)), [a, b], { createGraph: true }) as [Variable, Variable];
    expect((grad(sum(inA), [b], { retainGraph: true })[0] as Variable).toArray()).toEqual([0.5, 0.25]);
    expect((grad(sum(inB), [a])[0] as Variable).toArray()).toEqual([0.5, 0.25]);
  });

  it("mixed, at a = 0 and b = 0, are 0 and not NaN", () => {
    const [a, b] = [variable([0]), variable([0])];
    const [inA, inB] = grad(sum(pow(a, b)), [a, b], { createGraph: true }) as [Variable, Variable];
    expect(grad(sum(add(inA, inB)), [a, b]).map((g) => g.toArray())).toEqual([[0], [0]]);
  });
});
