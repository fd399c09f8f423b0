import type { Guard, MatMul, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { reshape } from "./reshape.ts";
import { squeeze } from "./squeeze.ts";
import { transpose } from "./transpose.ts";
import { unsqueeze } from "./unsqueeze.ts";

/** The op behind `matmul`. Its batch axes broadcast; the sweep sums a gradient back over them. */
export const matmulOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "matmul",
  broadcasts: true,
  forward: ([a, b]) => a.matmul(b),
  vjp: [
    {
      formula: "ā = g · bᵀ",
      saves: [1],
      rule: (g, saved) => {
        const b = saved.input(1);
        const rank = saved.inputShape(0).length;
        const product = matmul(matrixOf(g, rank, b.rank), transpose(columns(b)));
        return rank === 1 ? squeeze(product, -2) : product;
      },
    },
    {
      formula: "b̄ = aᵀ · g",
      saves: [0],
      rule: (g, saved) => {
        const a = saved.input(0);
        const rank = saved.inputShape(1).length;
        const product = transposedProduct(rows(a), matrixOf(g, a.rank, rank), rank);
        return rank === 1 ? squeeze(product, -1) : product;
      },
    },
  ],
});

/**
 * `[…, m, k] · […, k, n] → […, m, n]`: y_mn = Σ_k a_mk b_kn, summed in increasing k.
 *
 * Leading axes broadcast. A 1-d a is a row and a 1-d b a column, and the result loses that axis: `[k] · [k] → []`,
 * `[m, k] · [k] → [m]`.
 *
 * @throws {ShapeMismatchError} if the inner axes differ, batch axes do not broadcast, or an operand is 0-d.
 * @example matmul(variable([[1, 2], [3, 4]]), variable([1, 1]))   // [3, 7]
 */
export function matmul<A extends Value, B extends Value>(
  a: A,
  b: B & Guard<MatMul<ShapeOf<A>, ShapeOf<B>>>,
): Lift<Resolved<MatMul<ShapeOf<A>, ShapeOf<B>>>, A, B> {
  return apply(matmulOp, [a, b]) as Lift<Resolved<MatMul<ShapeOf<A>, ShapeOf<B>>>, A, B>;
}

/** aᵀ · g over the last two axes. For a 2-d b the batch axes are summed as rows of one product, not after it. */
function transposedProduct(a: Value, g: Value, rank: number): Value {
  if (rank > 2 || a.rank === 2) return matmul(transpose(a), g);
  return matmul(transpose(foldBatch(a)), foldBatch(g));
}

/** `[…, m, n]` → `[… · m, n]` */
function foldBatch(x: Value): Value {
  const count = x.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return reshape(x, [count, x.shape.at(-1) ?? 1]);
}

/** A 1-d left operand as a row. */
function rows(a: Value): Value {
  return a.rank === 1 ? unsqueeze(a, 0) : a;
}

/** A 1-d right operand as a column. */
function columns(b: Value): Value {
  return b.rank === 1 ? unsqueeze(b, 1) : b;
}

/** g with the axes of size 1 back that the product of 1-d operands of these ranks lost. */
function matrixOf(g: Value, aRank: number, bRank: number): Value {
  const column = bRank === 1 ? unsqueeze(g, -1) : g;
  return aRank === 1 ? unsqueeze(column, -2) : column;
}
