import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** The op behind `atanh`. */
export const atanhOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "atanh",
  forward: ([x]) => x.atanh(),
  vjp: [
    {
      formula: "x̄ = g / ((1 − x)(1 + x))",
      saves: [0],
      rule: (g, saved) => div(g, mul(sub(1, saved.input(0)), add(saved.input(0), 1))),
    },
  ],
});

/**
 * y = artanh x = ½ · ln((1 + x) / (1 − x)), element by element: ±∞ at ±1, where the derivative is ∞, and NaN outside.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example atanh(variable([0, 0.5]))   // [0, 0.5493062]
 */
export function atanh<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(atanhOp, [x]) as Lift<ShapeOf<X>, X>;
}
