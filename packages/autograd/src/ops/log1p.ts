import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";

/** The op behind `log1p`. */
export const log1pOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "log1p",
  forward: ([x]) => x.log1p(),
  vjp: [{ formula: "x̄ = g / (1 + x)", saves: [0], rule: (g, saved) => div(g, add(saved.input(0), 1)) }],
});

/**
 * y = ln(1 + x), element by element; exact near 0. −∞ at −1, where the derivative is ∞, and NaN below.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example log1p(variable([0, 1]))   // [0, 0.6931472]
 */
export function log1p<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(log1pOp, [x]) as Lift<ShapeOf<X>, X>;
}
