import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { div } from "./div.ts";
import { square } from "./square.ts";

/** The op behind `atan`. */
export const atanOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "atan",
  forward: ([x]) => x.atan(),
  vjp: [
    { formula: "x̄ = g / (1 + x²)", saves: [0], rule: (g, saved) => div(g, add(square(saved.input(0)), 1)) },
  ],
});

/**
 * y = arctan x in radians, −π/2 to π/2, element by element.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example atan(variable([0, 1]))   // [0, 0.7853982]
 */
export function atan<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(atanOp, [x]) as Lift<ShapeOf<X>, X>;
}
