import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Elementwise, Meets } from "../operand.ts";
import type { Value } from "../variable.ts";

/** The op behind `and`. */
export const andOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "and",
  broadcasts: true,
  forward: ([a, b]) => a.and(b),
  vjp: { notDifferentiable: "logic gives bool" },
});

/**
 * True where a and b are both true, element by element; bool. What is not 0 counts as true, NaN too.
 * No gradient flows through it.
 *
 * @param a any shape `[…]` of any dtype.
 * @param b a shape that broadcasts with a's.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example and(tensor([true, true]), tensor([true, false]))   // [true, false]
 */
export function and<A extends Value, B extends Value>(
  a: A,
  b: B & Meets<A, B, "and">,
): Elementwise<A, B, "and"> {
  return apply(andOp, [a, b]) as Elementwise<A, B, "and">;
}
