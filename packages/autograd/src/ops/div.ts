import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, realOperands } from "../operand.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

/** The op behind `div`. */
export const divOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "div",
  broadcasts: true,
  forward: ([a, b]) => a.div(b),
  vjp: [
    { formula: "ā = g / b", saves: [1], rule: (g, saved) => div(g, saved.input(1)) },
    {
      formula: "b̄ = −g · y / b",
      saves: [1, "output"],
      rule: (g, saved) => neg(mul(g, div(saved.output(), saved.input(1)))),
    },
  ],
});

/**
 * y = a / b, element by element, as real numbers: 1 / 0 is ∞ and 0 / 0 is NaN.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number.
 * @param b a shape that broadcasts with a's, or a number.
 * @returns the broadcast shape, in the dtype where both meet; float32 for integers and bools.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example div(1, variable([2, 4]))   // [0.5, 0.25]
 */
export function div<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "div">,
): Elementwise<A, B, "div"> {
  return apply(divOp, realOperands("div", a, b)) as Elementwise<A, B, "div">;
}
