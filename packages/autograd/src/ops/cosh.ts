import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { sinh } from "./sinh.ts";

/** The op behind `cosh`. */
export const coshOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "cosh",
  forward: ([x]) => x.cosh(),
  vjp: [{ formula: "x̄ = g · sinh x", saves: [0], rule: (g, saved) => mul(g, sinh(saved.input(0))) }],
});

/**
 * y = cosh x = (eˣ + e⁻ˣ) / 2, element by element.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example cosh(variable([0, 1]))   // [1, 1.543081]
 */
export function cosh<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(coshOp, [x]) as Lift<ShapeOf<X>, X>;
}
