import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { softplus } from "./softplus.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";

/** The op behind `mish`. */
export const mishOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "mish",
  forward: ([x]) => x.mul(x.softplus().tanh()),
  vjp: [
    {
      formula: "x̄ = g · (t + x · σ(x) · (1 − t²)), t = tanh(softplus x), σ the sigmoid",
      saves: [0],
      rule: (g, saved) => mul(g, slope(saved.input(0))),
    },
  ],
});

/**
 * y = x · tanh(ln(1 + eˣ)), element by element. Finite, and with finite derivatives, at any finite x.
 *
 * Source: D. Misra, Mish: A Self Regularized Non-Monotonic Activation Function, 2019.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example mish(variable([-1, 0, 1]))   // [-0.3034015, 0, 0.8650984]
 */
export function mish<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(mishOp, [x]) as Lift<ShapeOf<X>, X>;
}

function slope(x: Value): Value {
  const t = tanh(softplus(x));
  return add(t, mul(mul(x, sigmoid(x)), sub(1, square(t))));
}
