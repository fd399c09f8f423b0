import type { Guard, Resolved, ShapeOf, Tensor, Unsqueeze } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { reshape } from "./reshape.ts";

/** The op behind `unsqueeze`. */
export const unsqueezeOp: Op<[Tensor], number> = /* @__PURE__ */ defineOp<[Tensor], number>({
  name: "unsqueeze",
  forward: ([x], axis) => x.unsqueeze(axis),
  vjp: [{ formula: "x̄ = g in the shape of x", rule: (g, saved) => reshape(g, saved.inputShape(0)) }],
});

/**
 * x with a new axis of size 1 at `axis` of the result: `[n]` → `[1, n]` at 0, `[n, 1]` at −1. A view.
 *
 * @throws {AxisError} if the result has no such axis.
 * @example unsqueeze(variable([1, 2]), 1)   // [[1], [2]]
 */
export function unsqueeze<X extends Value, const I extends number>(
  x: X,
  axis: I & Guard<Unsqueeze<ShapeOf<X>, I>>,
): Lift<Resolved<Unsqueeze<ShapeOf<X>, I>>, X> {
  return apply(unsqueezeOp, [x], axis) as Lift<Resolved<Unsqueeze<ShapeOf<X>, I>>, X>;
}
