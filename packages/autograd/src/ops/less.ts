import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { comparedOperands, type Elementwise, type Meets, type Operand } from "../operand.ts";

/** The op behind `less`. */
export const lessOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "less",
  broadcasts: true,
  forward: ([a, b]) => a.less(b),
  vjp: { notDifferentiable: "a comparison gives bool" },
});

/**
 * y = (a < b) as bool, element by element; false where one is NaN. No gradient flows through it.
 *
 * @param a any shape `[…]` of any dtype, or a number.
 * @param b a shape that broadcasts with a's, or a number. A number is compared as it is, also with integers: 2.5 lies
 * between 2 and 3; beside float32 it is rounded to float32 first.
 * @returns bool of the broadcast shape.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example less(variable([1, 2]), 2)   // [true, false]
 */
export function less<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "less">,
): Elementwise<A, B, "less"> {
  return apply(lessOp, comparedOperands("less", a, b)) as Elementwise<A, B, "less">;
}
