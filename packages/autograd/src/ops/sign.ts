import { type ShapeOf, type Tensor, zeros } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `sign`. */
export const signOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "sign",
  forward: ([x]) => x.sign(),
  vjp: [{ formula: "x̄ = 0", rule: (g, saved) => zeros(saved.shape, { dtype: g.dtype }) }],
});

/**
 * y = sign x, element by element: −1, 0 or 1; 0 for NaN, as in PyTorch. The derivative is 0 everywhere, at the steps too.
 *
 * @param x any shape `[…]`, any dtype but bool.
 * @throws {DTypeError} if x is bool.
 * @example sign(variable([-2, 0, 3]))   // [-1, 0, 1]
 */
export function sign<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(signOp, [x]) as Lift<ShapeOf<X>, X>;
}
