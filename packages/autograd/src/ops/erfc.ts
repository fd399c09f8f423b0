import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { bell } from "./erf.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

/** The op behind `erfc`. */
export const erfcOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "erfc",
  forward: ([x]) => x.erfc(),
  vjp: [
    { formula: "x̄ = −g · 2/√π · e^(−x²)", saves: [0], rule: (g, saved) => neg(mul(g, bell(saved.input(0)))) },
  ],
});

/**
 * y = erfc x = 1 − erf x, element by element: 2 to 0, and right to the last digits where erf is nearly 1: erfc 10 is 2.088e-45.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example erfc(variable([0, 1]))   // [1, 0.1572992]
 */
export function erfc<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(erfcOp, [x]) as Lift<ShapeOf<X>, X>;
}
