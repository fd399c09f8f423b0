import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { sign } from "./sign.ts";

/** The op behind `abs`. */
export const absOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "abs",
  forward: ([x]) => x.abs(),
  vjp: [{ formula: "x̄ = g · sign x", saves: [0], rule: (g, saved) => mul(g, sign(saved.input(0))) }],
});

/**
 * y = |x|, element by element. The derivative at 0 is 0, and at NaN too, as in PyTorch.
 *
 * @param x any shape `[…]`, any dtype but bool.
 * @throws {DTypeError} if x is bool.
 * @example abs(variable([-2, 3]))   // [2, 3]
 */
export function abs<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return apply(absOp, [x]) as Lift<ShapeOf<X>, X>;
}
