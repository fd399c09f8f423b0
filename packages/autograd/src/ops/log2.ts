import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";

/** The op behind `log2`. */
export const log2Op: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "log2",
  forward: ([x]) => x.log2(),
  vjp: [
    { formula: "x̄ = g / (x · ln 2)", saves: [0], rule: (g, saved) => div(g, mul(saved.input(0), Math.LN2)) },
  ],
});

/**
 * y = log₂ x, element by element: −∞ at 0, where the derivative is ∞, and NaN below.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example log2(variable([0.5, 8]))   // [-1, 3]
 */
export function log2<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(log2Op, [x]) as Lift<ShapeOf<X>, X>;
}
