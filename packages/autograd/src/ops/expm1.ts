import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";

/** The op behind `expm1`. */
export const expm1Op: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "expm1",
  forward: ([x]) => x.expm1(),
  vjp: [
    { formula: "x̄ = g · (y + 1)", saves: ["output"], rule: (g, saved) => mul(g, add(saved.output(), 1)) },
  ],
});

/**
 * y = eˣ − 1, element by element; exact near 0, where eˣ − 1 written out loses its digits.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example expm1(variable([0, 1]))   // [0, 1.718282]
 */
export function expm1<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(expm1Op, [x]) as Lift<ShapeOf<X>, X>;
}
