import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";

/** The op behind `cbrt`. */
export const cbrtOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "cbrt",
  forward: ([x]) => x.cbrt(),
  vjp: [
    { formula: "x̄ = g / 3y²", saves: ["output"], rule: (g, saved) => div(g, mul(square(saved.output()), 3)) },
  ],
});

/**
 * y = ∛x, element by element, for negative x too. The derivative at 0 is ∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example cbrt(variable([-8, 27]))   // [-2, 3]
 */
export function cbrt<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(cbrtOp, [x]) as Lift<ShapeOf<X>, X>;
}
