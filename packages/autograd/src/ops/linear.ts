import {
  formatShape,
  type Guard,
  type LinearProduct,
  type Resolved,
  ShapeMismatchError,
  type ShapeOf,
  sizeOf,
  type Tensor,
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
  forward: ([x, weight]) => {
    checkWidths(x, weight);
    return x.matmul(weight.transpose());
  },
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
 * @throws {ShapeMismatchError} if x's last axis is not weight's, or weight is not 2-d.
 * @example linear(variable([[1, 2]]), variable([[3, 4], [5, 6]]))   // [[11, 17]]
 */
export function linear<X extends Value, W extends Value>(
  x: X,
  weight: W & Guard<LinearProduct<ShapeOf<X>, ShapeOf<W>>>,
): Lift<Resolved<LinearProduct<ShapeOf<X>, ShapeOf<W>>>, X, W> {
  return apply(linearOp, [x, weight]) as Lift<Resolved<LinearProduct<ShapeOf<X>, ShapeOf<W>>>, X, W>;
}

function checkWidths(x: Tensor, weight: Tensor): void {
  const last = x.rank - 1;
  if (weight.rank === 2 && last >= 0 && x.shape[last] === weight.shape[1]) return;
  const what =
    weight.rank !== 2
      ? `weight is not [out, in]: weight is ${formatShape(weight.shape)}.`
      : last < 0
        ? `x has no axis: x is [], weight is ${formatShape(weight.shape)}.`
        : `last axes differ: x is ${formatShape(x.shape)} (axis ${last} = ${x.shape[last]}), weight is ${formatShape(weight.shape)} (axis 1 = ${weight.shape[1]}).`;
  const remedy = "Give x as […, in] and weight as [out, in]; a weight kept [in, out] has to be transposed.";
  throw new ShapeMismatchError("linear", what, remedy, [x.shape, weight.shape]);
}
