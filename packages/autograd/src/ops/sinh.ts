import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { cosh } from "./cosh.ts";
import { mul } from "./mul.ts";

/** The op behind `sinh`. */
export const sinhOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "sinh",
  forward: ([x]) => x.sinh(),
  vjp: [{ formula: "x̄ = g · cosh x", saves: [0], rule: (g, saved) => mul(g, cosh(saved.input(0))) }],
});

/**
 * y = sinh x = (eˣ − e⁻ˣ) / 2, element by element.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example sinh(variable([0, 1]))   // [0, 1.175201]
 */
export function sinh<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(sinhOp, [x]) as Lift<ShapeOf<X>, X>;
}
