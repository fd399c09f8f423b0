import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, operands } from "../operand.ts";

/** The op behind `add`. */
export const addOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "add",
  broadcasts: true,
  forward: ([a, b]) => a.add(b),
  vjp: [
    { formula: "ā = g", rule: (g) => g },
    { formula: "b̄ = g", rule: (g) => g },
  ],
});

/**
 * y = a + b, element by element.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number, which takes b's dtype.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {DTypeError} if a number does not fit an integer operand's dtype, or both operands are bool.
 * @example add(variable([1, 2]), 1)   // [2, 3]
 */
export function add<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "add">,
): Elementwise<A, B, "add"> {
  return apply(addOp, operands("add", a, b)) as Elementwise<A, B, "add">;
}
