import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";

/** The op behind `square`. */
export const squareOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "square",
  forward: ([x]) => x.mul(x),
  vjp: [{ formula: "x̄ = 2 · g · x", saves: [0], rule: (g, saved) => mul(g, mul(saved.input(0), 2)) }],
});

/**
 * y = x², element by element.
 *
 * @param x any shape `[…]`; any dtype, which stays.
 * @example square(variable([-2, 3]))   // [4, 9]
 */
export function square<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(squareOp, [x]) as Lift<ShapeOf<X>, X>;
}
