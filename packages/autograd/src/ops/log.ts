import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";

/** The op behind `log`. */
export const logOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "log",
  forward: ([x]) => x.log(),
  vjp: [{ formula: "x̄ = g / x", saves: [0], rule: (g, saved) => div(g, saved.input(0)) }],
});

/**
 * y = ln x, element by element: −∞ at 0, where the derivative is ∞, and NaN below.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example log(variable([1, 2]))   // [0, 0.6931472]
 */
export function log<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(logOp, [x]) as Lift<ShapeOf<X>, X>;
}
