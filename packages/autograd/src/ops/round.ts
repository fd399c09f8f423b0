import { type ShapeOf, type Tensor, zeros } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `round`. */
export const roundOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "round",
  forward: ([x]) => x.round(),
  vjp: [{ formula: "x̄ = 0", rule: (g, saved) => zeros(saved.shape, { dtype: g.dtype }) }],
});

/**
 * y = the whole number nearest to x, element by element; at a tie the even one, as in IEEE 754. The derivative is 0 everywhere, at the steps too.
 *
 * @param x any shape `[…]`, any dtype but bool.
 * @throws {DTypeError} if x is bool.
 * @example round(variable([0.5, 1.5, 1.6]))   // [0, 2, 2]
 */
export function round<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(roundOp, [x]) as Lift<ShapeOf<X>, X>;
}
