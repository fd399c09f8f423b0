import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";

/** The op behind `exp`. */
export const expOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "exp",
  forward: ([x]) => x.exp(),
  vjp: [{ formula: "x̄ = g · y", saves: ["output"], rule: (g, saved) => mul(g, saved.output()) }],
});

/**
 * y = eˣ, element by element.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example exp(variable([0, 1]))   // [1, 2.7182817]
 */
export function exp<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(expOp, [x]) as Lift<ShapeOf<X>, X>;
}
