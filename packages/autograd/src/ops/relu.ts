import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { lessEqual } from "./less-equal.ts";
import { where } from "./where.ts";

/** The op behind `relu`. */
export const reluOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "relu",
  forward: ([x]) => x.relu(),
  vjp: [
    {
      // ≤ rather than >, so that the gradient goes on where y is NaN.
      formula: "x̄ = 0 where y ≤ 0, else g",
      saves: ["output"],
      rule: (g, saved) => where(lessEqual(saved.output(), 0), 0, g),
    },
  ],
});

/**
 * y = max(x, 0), element by element; NaN stays NaN. The derivative at 0 is 0.
 *
 * Saves its output, which the next layer keeps anyway.
 *
 * @param x any shape `[…]` of any dtype.
 * @example relu(variable([-1, 0, 2]))   // [0, 0, 2]
 */
export function relu<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(reluOp, [x]) as Lift<ShapeOf<X>, X>;
}
