import { type Tensor, where } from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, operands } from "../operand.ts";
import { mul } from "./mul.ts";

/** The op behind `remainder`. */
export const remainderOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "remainder",
  broadcasts: true,
  forward: ([a, b]) => a.remainder(b),
  vjp: [
    { formula: "ā = g", rule: (g) => g },
    {
      formula: "b̄ = −g · ⌊a / b⌋",
      saves: [0, 1],
      // Flat almost everywhere, so it is worked out on plain tensors.
      rule: (g, saved) => mul(g, quotient(tensorOf(saved.input(0)), tensorOf(saved.input(1))).neg()),
    },
  ],
});

/**
 * y = a − b · ⌊a / b⌋, element by element: the remainder that has b's sign, as in Python; NaN where b is 0.
 *
 * Between the jumps ∂y/∂a is 1 and ∂y/∂b is −⌊a / b⌋; at a jump those of the side that the value belongs to.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number, which takes b's dtype.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {DTypeError} if a number does not fit an integer operand's dtype, or both operands are bool.
 * @example remainder(variable([7, -7]), 3)   // [1, 2]
 */
export function remainder<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "remainder">,
): Elementwise<A, B, "remainder"> {
  return apply(remainderOp, operands("remainder", a, b)) as Elementwise<A, B, "remainder">;
}

/**
 * ⌊a / b⌋ as the exact remainder y has it: a / b itself may be rounded up to a whole number. At b = 0 it is a / 0, and −1
 * where y is infinite: there b is infinite and of the other sign than a. So in PyTorch's div(rounding_mode="floor").
 */
function quotient(a: Tensor, b: Tensor): Tensor {
  const y: Tensor = a.remainder(b);
  const whole = where(y.abs().equal(Number.POSITIVE_INFINITY), -1, a.sub(y).div(b).round());
  return where(b.equal(0), a.div(b), whole);
}
