import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `not`. */
export const notOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "not",
  forward: ([x]) => x.not(),
  vjp: { notDifferentiable: "a test gives bool" },
});

/**
 * True where x is 0 or false, element by element; bool. NaN counts as true. No gradient flows through it.
 *
 * @param x any shape `[…]` of any dtype.
 * @example not(tensor([true, false]))   // [false, true]
 */
export function not<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(notOp, [x]) as Lift<ShapeOf<X>, X>;
}
