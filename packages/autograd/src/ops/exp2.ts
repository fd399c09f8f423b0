import { full, type ShapeOf, type Tensor, toFloat } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";

/** The op behind `exp2`. */
export const exp2Op: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "exp2",
  forward: ([x]) => full([], 2, { dtype: toFloat(x.dtype) }).pow(x),
  vjp: [
    {
      formula: "x̄ = g · y · ln 2",
      saves: ["output"],
      rule: (g, saved) => mul(g, mul(saved.output(), Math.LN2)),
    },
  ],
});

/**
 * y = 2ˣ, element by element: exact where x is whole.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example exp2(variable([-1, 0, 3]))   // [0.5, 1, 8]
 */
export function exp2<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(exp2Op, [x]) as Lift<ShapeOf<X>, X>;
}
