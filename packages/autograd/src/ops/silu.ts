import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { sub } from "./sub.ts";

/** The op behind `silu`. */
export const siluOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "silu",
  forward: ([x]) => x.mul(x.sigmoid()),
  vjp: [
    {
      formula: "x̄ = g · σ(x) · (1 + x · (1 − σ(x))), σ the sigmoid",
      saves: [0],
      rule: (g, saved) => mul(g, slope(saved.input(0))),
    },
  ],
});

/**
 * y = x · σ(x), σ the sigmoid, element by element (also called swish). Finite, and with finite derivatives, at any finite x.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example silu(variable([-1, 0, 1]))   // [-0.2689414, 0, 0.7310586]
 */
export function silu<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(siluOp, [x]) as Lift<ShapeOf<X>, X>;
}

function slope(x: Value): Value {
  const s = sigmoid(x);
  return mul(s, add(mul(x, sub(1, s)), 1));
}
