import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `isnan`. */
export const isnanOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "isnan",
  forward: ([x]) => x.isnan(),
  vjp: { notDifferentiable: "a test gives bool" },
});

/**
 * True where x is NaN, element by element; bool. No gradient flows through it.
 *
 * @param x any shape `[…]` of any dtype.
 * @example isnan(variable([1, Number.NaN]))   // [false, true]
 */
export function isnan<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(isnanOp, [x]) as Lift<ShapeOf<X>, X>;
}
