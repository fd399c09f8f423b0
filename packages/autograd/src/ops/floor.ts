import { type ShapeOf, type Tensor, zeros } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `floor`. */
export const floorOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "floor",
  forward: ([x]) => x.floor(),
  vjp: [{ formula: "x̄ = 0", rule: (g, saved) => zeros(saved.shape, { dtype: g.dtype }) }],
});

/**
 * y = ⌊x⌋, element by element: the largest whole number ≤ x. The derivative is 0 everywhere, at the steps too.
 *
 * @param x any shape `[…]`, any dtype but bool.
 * @throws {DTypeError} if x is bool.
 * @example floor(variable([-1.5, 1.5]))   // [-2, 1]
 */
export function floor<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(floorOp, [x]) as Lift<ShapeOf<X>, X>;
}
