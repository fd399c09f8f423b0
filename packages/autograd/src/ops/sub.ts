import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, operands } from "../operand.ts";
import { neg } from "./neg.ts";

/** The op behind `sub`. */
export const subOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "sub",
  broadcasts: true,
  forward: ([a, b]) => a.sub(b),
  vjp: [
    { formula: "ā = g", rule: (g) => g },
    { formula: "b̄ = −g", rule: (g) => neg(g) },
  ],
});

/**
 * y = a − b, element by element.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number, which takes b's dtype.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {DTypeError} if a number does not fit an integer operand's dtype, or both operands are bool.
 * @example sub(1, variable([0.25, 0.5]))   // [0.75, 0.5]
 */
export function sub<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "sub">,
): Elementwise<A, B, "sub"> {
  return apply(subOp, operands("sub", a, b)) as Elementwise<A, B, "sub">;
}
