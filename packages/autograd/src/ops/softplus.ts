import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";

/** The op behind `softplus`. */
export const softplusOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "softplus",
  forward: ([x]) => x.softplus(),
  vjp: [
    {
      formula: "x̄ = g · σ(x), σ the sigmoid",
      saves: [0],
      rule: (g, saved) => mul(g, sigmoid(saved.input(0))),
    },
  ],
});

/**
 * y = ln(1 + eˣ), element by element, as max(x, 0) + ln(1 + e^−|x|): nothing overflows at either end.
 *
 * PyTorch gives x itself above its threshold of 20, which is off by up to 2e-9.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example softplus(variable([-10000, 0, 10000]))   // [0, 0.6931472, 10000]
 */
export function softplus<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(softplusOp, [x]) as Lift<ShapeOf<X>, X>;
}
