import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";

/** The op behind `sqrt`. */
export const sqrtOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "sqrt",
  forward: ([x]) => x.sqrt(),
  vjp: [
    {
      formula: "x̄ = g / 2y",
      saves: ["output"],
      rule: (g, saved) => div(g, mul(saved.output(), 2)),
    },
  ],
});

/**
 * y = √x, element by element: NaN below 0. The derivative at 0 is ∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example sqrt(variable([4, 9]))   // [2, 3]
 */
export function sqrt<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(sqrtOp, [x]) as Lift<ShapeOf<X>, X>;
}
