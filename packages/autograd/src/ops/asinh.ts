import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { hypot } from "./hypot.ts";

/** The op behind `asinh`. */
export const asinhOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "asinh",
  forward: ([x]) => x.asinh(),
  vjp: [{ formula: "x̄ = g / √(x² + 1)", saves: [0], rule: (g, saved) => div(g, hypot(saved.input(0), 1)) }],
});

/**
 * y = arsinh x = ln(x + √(x² + 1)), element by element. The derivative does not overflow on the way, however large x.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example asinh(variable([0, 1]))   // [0, 0.8813736]
 */
export function asinh<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(asinhOp, [x]) as Lift<ShapeOf<X>, X>;
}
