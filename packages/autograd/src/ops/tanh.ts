import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** The op behind `tanh`. */
export const tanhOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "tanh",
  forward: ([x]) => x.tanh(),
  vjp: [
    {
      formula: "x̄ = g · (1 − y²)",
      saves: ["output"],
      rule: (g, saved) => mul(g, sub(1, mul(saved.output(), saved.output()))),
    },
  ],
});

/**
 * y = tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), element by element: −1 to 1. Nothing overflows at either end.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example tanh(variable([-10000, 0, 10000]))   // [-1, 0, 1]
 */
export function tanh<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(tanhOp, [x]) as Lift<ShapeOf<X>, X>;
}
