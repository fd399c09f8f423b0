import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** The op behind `sigmoid`. */
export const sigmoidOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "sigmoid",
  forward: ([x]) => x.sigmoid(),
  vjp: [
    {
      formula: "x̄ = g · (1 − y) · y",
      saves: ["output"],
      rule: (g, saved) => mul(mul(g, sub(1, saved.output())), saved.output()),
    },
  ],
});

/**
 * y = 1 / (1 + e⁻ˣ), element by element: 0 to 1, and exactly 0, ½ and 1 at −∞, 0 and ∞. Nothing overflows at either end.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example sigmoid(variable([-10000, 0, 10000]))   // [0, 0.5, 1]
 */
export function sigmoid<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(sigmoidOp, [x]) as Lift<ShapeOf<X>, X>;
}
