import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";

/** The op behind `log10`. */
export const log10Op: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "log10",
  forward: ([x]) => x.log10(),
  vjp: [
    {
      formula: "x̄ = g / (x · ln 10)",
      saves: [0],
      rule: (g, saved) => div(g, mul(saved.input(0), Math.LN10)),
    },
  ],
});

/**
 * y = log₁₀ x, element by element: −∞ at 0, where the derivative is ∞, and NaN below.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example log10(variable([0.1, 1000]))   // [-1, 3]
 */
export function log10<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(log10Op, [x]) as Lift<ShapeOf<X>, X>;
}
