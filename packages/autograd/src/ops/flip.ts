import { normalizeAxes, type Shape, type ShapeOf, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `flip`; axes are counted from the front. */
export const flipOp: Op<[Tensor], Shape> = /* @__PURE__ */ defineOp<[Tensor], Shape>({
  name: "flip",
  forward: ([x], axes) => x.flip(axes),
  vjp: [{ formula: "x̄ = flip(g)", rule: (g, { attributes: axes }) => flip(g, axes) }],
});

/**
 * x with the order along `axes` turned round. A view, nothing is copied.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example flip(variable([[1, 2], [3, 4]]), 0)   // [[3, 4], [1, 2]]
 */
export function flip<X extends Value>(x: X, axes?: number | Shape): Lift<ShapeOf<X>, X> {
  return apply(flipOp, [x], normalizeAxes("flip", axes, x.rank)) as Lift<ShapeOf<X>, X>;
}
