import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { square } from "./square.ts";

/** The op behind `erf`. */
export const erfOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "erf",
  forward: ([x]) => x.erf(),
  vjp: [{ formula: "x̄ = g · 2/√π · e^(−x²)", saves: [0], rule: (g, saved) => mul(g, bell(saved.input(0))) }],
});

/**
 * y = erf x = 2/√π · ∫₀ˣ e^(−t²) dt, element by element: −1 to 1, within 1 unit in the last place of float64.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example erf(variable([0, 1]))   // [0, 0.8427008]
 */
export function erf<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(erfOp, [x]) as Lift<ShapeOf<X>, X>;
}

/** The derivative of erf: 2/√π · e^(−x²). */
export function bell(x: Value): Value {
  return mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI));
}
