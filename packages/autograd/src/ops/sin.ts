import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { cos } from "./cos.ts";
import { mul } from "./mul.ts";

/** The op behind `sin`. */
export const sinOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "sin",
  forward: ([x]) => x.sin(),
  vjp: [{ formula: "x̄ = g · cos x", saves: [0], rule: (g, saved) => mul(g, cos(saved.input(0))) }],
});

/**
 * y = sin x, element by element, x in radians; NaN at ±∞.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example sin(variable([0, 1]))   // [0, 0.841471]
 */
export function sin<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(sinOp, [x]) as Lift<ShapeOf<X>, X>;
}
