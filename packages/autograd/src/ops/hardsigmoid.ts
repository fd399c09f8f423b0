import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { toReal } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { where } from "./where.ts";

/** The op behind `hardsigmoid`. */
export const hardsigmoidOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "hardsigmoid",
  forward: ([x]) => toReal(x).add(3).maximum(0).minimum(6).div(6),
  vjp: [
    {
      formula: "x̄ = g / 6 where −3 < x < 3, else 0",
      saves: [0],
      rule: (g, saved) => where(inside(tensorOf(saved.input(0))), div(g, 6), 0),
    },
  ],
});

/**
 * y = min(max(x + 3, 0), 6) / 6, element by element: the sigmoid in three straight lines. The derivative at ±3, and at NaN, is 0.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example hardsigmoid(variable([-4, 0, 1.5]))   // [0, 0.5, 0.75]
 */
export function hardsigmoid<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(hardsigmoidOp, [x]) as Lift<ShapeOf<X>, X>;
}

function inside(x: Tensor): Tensor {
  return x.greater(-3).and(x.less(3));
}
