import {
  type Guard,
  normalizeAxis,
  type Permute,
  type Resolved,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `permute`; axes are counted from the front. */
export const permuteOp: Op<[Tensor], Shape> = /* @__PURE__ */ defineOp<[Tensor], Shape>({
  name: "permute",
  forward: ([x], axes) => x.permute(axes),
  vjp: [
    {
      formula: "x̄ = permute(g, inverse of axes)",
      rule: (g, { attributes: axes }) =>
        permute(
          g,
          axes.map((_, axis) => axes.indexOf(axis)),
        ),
    },
  ],
});

/**
 * x with its axes in a new order: axis i of the result is axis `axes[i]` of x. A view, nothing is copied.
 *
 * @param axes every axis of x once; negative ones count from the end.
 * @throws {AxisError} if x does not have an axis.
 * @throws {ShapeMismatchError} if `axes` is no permutation.
 * @example permute(variable([[[1, 2, 3]]]), [2, 0, 1])   // [[[1]], [[2]], [[3]]]
 */
export function permute<X extends Value, const P extends Shape>(
  x: X,
  axes: P & Guard<Permute<ShapeOf<X>, P>>,
): Lift<Resolved<Permute<ShapeOf<X>, P>>, X> {
  const counted = axes.map((axis) => normalizeAxis("permute", axis, x.rank));
  return apply(permuteOp, [x], counted) as Lift<Resolved<Permute<ShapeOf<X>, P>>, X>;
}
