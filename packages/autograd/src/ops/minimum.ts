import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, operands } from "../operand.ts";
import type { Value } from "../variable.ts";
import { greater } from "./greater.ts";
import { halfAtTies } from "./maximum.ts";
import { where } from "./where.ts";

/** The op behind `minimum`. */
export const minimumOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "minimum",
  broadcasts: true,
  forward: ([a, b]) => a.minimum(b),
  vjp: [
    {
      formula: "ā = g where a < b, g/2 where a = b, else 0",
      saves: [0, 1],
      rule: (g, saved) => shareOfWinner(g, saved.input(0), saved.input(1)),
    },
    {
      formula: "b̄ = g where b < a, g/2 where a = b, else 0",
      saves: [0, 1],
      rule: (g, saved) => shareOfWinner(g, saved.input(1), saved.input(0)),
    },
  ],
});

/**
 * y = min(a, b), element by element; NaN if either is NaN.
 *
 * At a tie each gets half of the gradient. Where one is NaN both get all of it, as in PyTorch.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number, which takes b's dtype.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {DTypeError} if a number does not fit an integer operand's dtype.
 * @example minimum(variable([1, 5]), 3)   // [1, 3]
 */
export function minimum<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "minimum">,
): Elementwise<A, B, "minimum"> {
  return apply(minimumOp, operands("minimum", a, b)) as Elementwise<A, B, "minimum">;
}

/** What `mine`, which met `other`, gets of g. Not written as g·weight, so that an infinite g stays out of the loser. */
function shareOfWinner(g: Value, mine: Value, other: Value): Value {
  return where(greater(mine, other), 0, halfAtTies(g, mine, other));
}
