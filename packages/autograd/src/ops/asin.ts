import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";
import { rsqrt } from "./rsqrt.ts";
import { sub } from "./sub.ts";

/** The op behind `asin`. */
export const asinOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "asin",
  forward: ([x]) => x.asin(),
  vjp: [
    {
      formula: "x̄ = g / √((1 − x)(1 + x))",
      saves: [0],
      rule: (g, saved) => mul(g, rsqrt(mul(sub(1, saved.input(0)), add(saved.input(0), 1)))),
    },
  ],
});

/**
 * y = arcsin x in radians, −π/2 to π/2, element by element: NaN outside −1 … 1. The derivative at ±1 is ∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example asin(variable([0, 1]))   // [0, 1.570796]
 */
export function asin<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(asinOp, [x]) as Lift<ShapeOf<X>, X>;
}
