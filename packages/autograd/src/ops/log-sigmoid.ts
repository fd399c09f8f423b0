import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { toReal } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { sigmoid } from "./sigmoid.ts";

/** The op behind `logSigmoid`. */
export const logSigmoidOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "logSigmoid",
  forward: ([x]) => toReal(x).neg().softplus().neg(),
  vjp: [
    {
      formula: "x̄ = g · σ(−x), σ the sigmoid",
      saves: [0],
      rule: (g, saved) => mul(g, sigmoid(neg(saved.input(0)))),
    },
  ],
});

/**
 * y = ln σ(x) = −ln(1 + e⁻ˣ), σ the sigmoid, element by element; nothing overflows at either end.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example logSigmoid(variable([-10000, 0]))   // [-10000, -0.6931472]
 */
export function logSigmoid<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(logSigmoidOp, [x]) as Lift<ShapeOf<X>, X>;
}
