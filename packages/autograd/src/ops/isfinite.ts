import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `isfinite`. */
export const isfiniteOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "isfinite",
  forward: ([x]) => x.isfinite(),
  vjp: { notDifferentiable: "a test gives bool" },
});

/**
 * True where x is neither NaN nor infinite, element by element; bool. No gradient flows through it.
 *
 * @param x any shape `[…]` of any dtype.
 * @example isfinite(variable([1, Infinity]))   // [true, false]
 */
export function isfinite<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(isfiniteOp, [x]) as Lift<ShapeOf<X>, X>;
}
