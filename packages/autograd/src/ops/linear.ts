import {
  type Guard,
  type MatMul,
  type Resolved,
  type Shape,
  type ShapeOf,
  sizeOf,
  type Tensor,
  type Transpose,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { matmul } from "./matmul.ts";
import { reshape } from "./reshape.ts";
import { transpose } from "./transpose.ts";

/** The op behind `linear`. One node instead of transpose and matmul, and a weight gradient that lies as the weight does. */
export const linearOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "linear",
  forward: ([x, weight]) => x.matmul(weight.transpose()),
  vjp: [
    { formula: "x̄ = g · W", saves: [1], rule: (g, saved) => matmul(g, saved.input(1)) },
    {
      formula: "W̄ = gᵀ · x, over all rows of the batch",
      saves: [0],
      rule: (g, saved) => {
        const [features, width] = saved.inputShape(1) as [number, number];
        const rows = sizeOf(g.shape.slice(0, -1));
        return matmul(transpose(reshape(g, [rows, features])), reshape(saved.input(0), [rows, width]));
      },
    },
  ],
});

/**
 * y = x·Wᵀ: the linear map of a layer whose weight is kept [out, in], as PyTorch keeps it.
 *
 * @param x `[…, in]`.
 * @param weight `[out, in]`.
 * @returns `[…, out]`.
 * @throws {ShapeMismatchError} if x's last axis is not weight's.
 * @example linear(variable([[1, 2]]), variable([[3, 4], [5, 6]]))   // [[11, 17]]
 */
export function linear<X extends Value, W extends Value<Shape>>(
  x: X,
  weight: W & Guard<MatMul<ShapeOf<X>, Resolved<Transpose<ShapeOf<W>>>>>,
): Lift<Resolved<MatMul<ShapeOf<X>, Resolved<Transpose<ShapeOf<W>>>>>, X, W> {
  return apply(linearOp, [x, weight]) as Lift<
    Resolved<MatMul<ShapeOf<X>, Resolved<Transpose<ShapeOf<W>>>>>,
    X,
    W
  >;
}
