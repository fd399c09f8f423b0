import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sin } from "./sin.ts";

/** The op behind `cos`. */
export const cosOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "cos",
  forward: ([x]) => x.cos(),
  vjp: [{ formula: "x̄ = −g · sin x", saves: [0], rule: (g, saved) => neg(mul(g, sin(saved.input(0)))) }],
});

/**
 * y = cos x, element by element, x in radians; NaN at ±∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example cos(variable([0, 1]))   // [1, 0.5403023]
 */
export function cos<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(cosOp, [x]) as Lift<ShapeOf<X>, X>;
}
