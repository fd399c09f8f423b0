import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";

/** The op behind `rsqrt`. */
export const rsqrtOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "rsqrt",
  forward: ([x]) => x.rsqrt(),
  vjp: [
    {
      formula: "x̄ = −½ · g · y³",
      saves: ["output"],
      rule: (g, saved) => mul(mul(g, -0.5), mul(saved.output(), square(saved.output()))),
    },
  ],
});

/**
 * y = 1 / √x, element by element: ∞ at 0, where the derivative is −∞, and NaN below.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example rsqrt(variable([4, 0.25]))   // [0.5, 2]
 */
export function rsqrt<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(rsqrtOp, [x]) as Lift<ShapeOf<X>, X>;
}
