import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Elementwise, Meets } from "../operand.ts";
import type { Value } from "../variable.ts";

/** The op behind `or`. */
export const orOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "or",
  broadcasts: true,
  forward: ([a, b]) => a.or(b),
  vjp: { notDifferentiable: "logic gives bool" },
});

/**
 * True where a, b or both are true, element by element; bool. What is not 0 counts as true, NaN too.
 * No gradient flows through it.
 *
 * @param a any shape `[…]` of any dtype.
 * @param b a shape that broadcasts with a's.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example or(tensor([true, true]), tensor([true, false]))   // [true, true]
 */
export function or<A extends Value, B extends Value>(
  a: A,
  b: B & Meets<A, B, "or">,
): Elementwise<A, B, "or"> {
  return apply(orOp, [a, b]) as Elementwise<A, B, "or">;
}
