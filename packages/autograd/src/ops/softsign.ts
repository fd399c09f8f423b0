import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { toReal } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { square } from "./square.ts";

/** The op behind `softsign`. */
export const softsignOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "softsign",
  forward: ([x]) => quotient(toReal(x)),
  vjp: [
    {
      formula: "x̄ = g / (1 + |x|)²",
      saves: [0],
      rule: (g, saved) => div(g, square(add(abs(saved.input(0)), 1))),
    },
  ],
});

/**
 * y = x / (1 + |x|), element by element: −1 to 1. The derivative at 0 is 1.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example softsign(variable([-1, 0, 3]))   // [-0.5, 0, 0.75]
 */
export function softsign<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(softsignOp, [x]) as Lift<ShapeOf<X>, X>;
}

function quotient(x: Tensor): Tensor {
  return x.div(x.abs().add(1));
}
