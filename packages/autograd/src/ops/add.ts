import type { Broadcast, Guard, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Operand, operand } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";

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
 * @param a any shape `[…]`, floating-point to be differentiated.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example add(variable([1, 2]), 1)   // [2, 3]
 */
export function add<A extends Value, B extends Operand>(
  a: A,
  b: B & Guard<Broadcast<ShapeOf<A>, ShapeOf<B>, "add">>,
): Lift<Resolved<Broadcast<ShapeOf<A>, ShapeOf<B>, "add">>, A, B> {
  return apply(addOp, [a, operand("add", b, a.dtype)]) as Lift<
    Resolved<Broadcast<ShapeOf<A>, ShapeOf<B>, "add">>,
    A,
    B
  >;
}
