import type { Guard, Resolved, ShapeOf, Squeeze, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { reshape } from "./reshape.ts";

/** The op behind `squeeze`: one axis, or (undefined) all of size 1. */
export const squeezeOp: Op<[Tensor], number | undefined> = /* @__PURE__ */ defineOp<
  [Tensor],
  number | undefined
>({
  name: "squeeze",
  forward: ([x], axis) => x.squeeze(axis),
  vjp: [{ formula: "x̄ = g in the shape of x", rule: (g, saved) => reshape(g, saved.inputShape(0)) }],
});

/**
 * x without its axes of size 1, or without `axis` if its size is 1 (else x as it is). A view, nothing is copied.
 *
 * @throws {AxisError} if x does not have the axis.
 * @example squeeze(variable([[1, 2]]))   // [1, 2]
 */
export function squeeze<X extends Value, const I extends number | undefined = undefined>(
  x: X,
  axis?: I & Guard<Squeeze<ShapeOf<X>, I>>,
): Lift<Resolved<Squeeze<ShapeOf<X>, I>>, X> {
  return apply(squeezeOp, [x], axis) as Lift<Resolved<Squeeze<ShapeOf<X>, I>>, X>;
}
