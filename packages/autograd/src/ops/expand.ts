import type { Expand, Guard, Resolved, Shape, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { sumTo } from "../sum-to.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `expand`. */
export const expandOp: Op<[Tensor], Shape> = /* @__PURE__ */ defineOp<[Tensor], Shape>({
  name: "expand",
  forward: ([x], shape) => x.expand(shape),
  vjp: [{ formula: "x̄ = Σ g over the repeated axes", rule: (g, saved) => sumTo(g, saved.inputShape(0)) }],
});

/**
 * x with its axes of size 1 stretched to `shape`, and new axes in front: a view, nothing is copied.
 *
 * @param shape aligned at the last axis; −1 keeps an axis as it is.
 * @throws {ShapeMismatchError} if an axis other than one of size 1 would change.
 * @example expand(variable([[1], [2]]), [2, 3])   // [[1, 1, 1], [2, 2, 2]]
 */
export function expand<X extends Value, const S extends Shape>(
  x: X,
  shape: S & Guard<Expand<ShapeOf<X>, S>>,
): Lift<Resolved<Expand<ShapeOf<X>, S>>, X> {
  return apply(expandOp, [x], shape) as Lift<Resolved<Expand<ShapeOf<X>, S>>, X>;
}
