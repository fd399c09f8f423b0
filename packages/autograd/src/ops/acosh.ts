import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";
import { rsqrt } from "./rsqrt.ts";
import { sub } from "./sub.ts";

/** The op behind `acosh`. */
export const acoshOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "acosh",
  forward: ([x]) => x.acosh(),
  vjp: [
    {
      formula: "x̄ = g / √((x − 1)(x + 1))",
      saves: [0],
      rule: (g, saved) => mul(mul(g, rsqrt(sub(saved.input(0), 1))), rsqrt(add(saved.input(0), 1))),
    },
  ],
});

/**
 * y = arcosh x = ln(x + √(x² − 1)), element by element: NaN below 1, and so is the derivative, which at 1 is ∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example acosh(variable([1, 2]))   // [0, 1.316958]
 */
export function acosh<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(acoshOp, [x]) as Lift<ShapeOf<X>, X>;
}
