import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, operands } from "../operand.ts";

/** The op behind `mul`. */
export const mulOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "mul",
  broadcasts: true,
  forward: ([a, b]) => a.mul(b),
  vjp: [
    { formula: "ā = g · b", saves: [1], rule: (g, saved) => mul(g, saved.input(1)) },
    { formula: "b̄ = g · a", saves: [0], rule: (g, saved) => mul(g, saved.input(0)) },
  ],
});

/**
 * y = a · b, element by element.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number, which takes b's dtype.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {DTypeError} if a number does not fit an integer operand's dtype.
 * @example mul(variable([1, 2]), 3)   // [3, 6]
 */
export function mul<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "mul">,
): Elementwise<A, B, "mul"> {
  return apply(mulOp, operands("mul", a, b)) as Elementwise<A, B, "mul">;
}
