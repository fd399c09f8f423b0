import type { Broadcast, Guard, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Operand, operand } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";

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
 * @param a any shape `[…]`, floating-point to be differentiated.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example mul(variable([1, 2]), 3)   // [3, 6]
 */
export function mul<A extends Value, B extends Operand>(
  a: A,
  b: B & Guard<Broadcast<ShapeOf<A>, ShapeOf<B>, "mul">>,
): Lift<Resolved<Broadcast<ShapeOf<A>, ShapeOf<B>, "mul">>, A, B> {
  return apply(mulOp, [a, operand("mul", b, a.dtype)]) as Lift<
    Resolved<Broadcast<ShapeOf<A>, ShapeOf<B>, "mul">>,
    A,
    B
  >;
}
