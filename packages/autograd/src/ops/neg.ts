import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `neg`. */
export const negOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "neg",
  forward: ([x]) => x.neg(),
  vjp: [{ formula: "x̄ = −g", rule: (g) => neg(g) }],
});

/**
 * y = −x, element by element.
 *
 * @param x any shape `[…]`, any dtype but bool.
 * @throws {DTypeError} if x is bool.
 * @example neg(variable([1, -2]))   // [-1, 2]
 */
export function neg<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(negOp, [x]) as Lift<ShapeOf<X>, X>;
}
