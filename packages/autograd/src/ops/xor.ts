import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Elementwise, Meets } from "../operand.ts";
import type { Value } from "../variable.ts";

/** The op behind `xor`. */
export const xorOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "xor",
  broadcasts: true,
  forward: ([a, b]) => a.xor(b),
  vjp: { notDifferentiable: "logic gives bool" },
});

/**
 * True where one of a and b is true and the other is not, element by element; bool. What is not 0 counts as true, NaN too.
 * No gradient flows through it.
 *
 * @param a any shape `[…]` of any dtype.
 * @param b a shape that broadcasts with a's.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example xor(tensor([true, true]), tensor([true, false]))   // [false, true]
 */
export function xor<A extends Value, B extends Value>(
  a: A,
  b: B & Meets<A, B, "xor">,
): Elementwise<A, B, "xor"> {
  return apply(xorOp, [a, b]) as Elementwise<A, B, "xor">;
}
