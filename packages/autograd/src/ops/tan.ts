import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";
import { square } from "./square.ts";

/** The op behind `tan`. */
export const tanOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "tan",
  forward: ([x]) => x.tan(),
  vjp: [
    {
      formula: "x̄ = g · (1 + y²)",
      saves: ["output"],
      rule: (g, saved) => mul(g, add(square(saved.output()), 1)),
    },
  ],
});

/**
 * y = tan x, element by element, x in radians; NaN at ±∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example tan(variable([0, 1]))   // [0, 1.557408]
 */
export function tan<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(tanOp, [x]) as Lift<ShapeOf<X>, X>;
}
