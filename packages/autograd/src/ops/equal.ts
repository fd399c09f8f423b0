import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { comparedOperands, type Elementwise, type Meets, type Operand } from "../operand.ts";

/** The op behind `equal`. */
export const equalOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "equal",
  broadcasts: true,
  forward: ([a, b]) => a.equal(b),
  vjp: { notDifferentiable: "a comparison gives bool" },
});

/**
 * y = (a = b) as bool, element by element; NaN equals nothing. No gradient flows through it.
 *
 * @param a any shape `[…]` of any dtype, or a number.
 * @param b a shape that broadcasts with a's, or a number. A number is compared as it is, also with integers: 2.5 lies
 * between 2 and 3; beside float32 it is rounded to float32 first.
 * @returns bool of the broadcast shape.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example equal(variable([1, 2]), 2)   // [false, true]
 */
export function equal<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "equal">,
): Elementwise<A, B, "equal"> {
  return apply(equalOp, comparedOperands("equal", a, b)) as Elementwise<A, B, "equal">;
}
