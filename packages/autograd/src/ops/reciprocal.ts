import { full, type ShapeOf, type Tensor, toFloat } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { square } from "./square.ts";

/** The op behind `reciprocal`. */
export const reciprocalOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "reciprocal",
  forward: ([x]) => full([], 1, { dtype: toFloat(x.dtype) }).div(x),
  vjp: [
    { formula: "x̄ = −g · y²", saves: ["output"], rule: (g, saved) => neg(mul(g, square(saved.output()))) },
  ],
});

/**
 * y = 1 / x, element by element: ±∞ at ±0, where the derivative is −∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example reciprocal(variable([4, -0.5]))   // [0.25, -2]
 */
export function reciprocal<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(reciprocalOp, [x]) as Lift<ShapeOf<X>, X>;
}
