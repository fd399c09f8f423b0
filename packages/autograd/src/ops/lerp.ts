import {
  type Broadcast,
  broadcastShapes,
  full,
  type Guard,
  promote,
  type Resolved,
  type ShapeOf,
  where as select,
  type Tensor,
  toFloat,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type BroadcastOf, type Meets, type Operand, operand } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";

/** The op behind `lerp`. */
export const lerpOp: Op<[Tensor, Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor, Tensor]>({
  name: "lerp",
  broadcasts: true,
  forward: ([a, b, weight]) => {
    broadcastShapes("lerp", broadcastShapes("lerp", a.shape, b.shape), weight.shape);
    const span = b.sub(a);
    const other = full([], 1, { dtype: weight.dtype }).sub(weight);
    return select(weight.less(0.5), a.add(weight.mul(span)), b.sub(other.mul(span)));
  },
  vjp: [
    { formula: "ā = g · (1 − w)", saves: [2], rule: (g, saved) => mul(g, sub(1, saved.input(2))) },
    { formula: "b̄ = g · w", saves: [2], rule: (g, saved) => mul(g, saved.input(2)) },
    {
      formula: "w̄ = g · (b − a)",
      saves: [0, 1],
      rule: (g, saved) => mul(g, sub(saved.input(1), saved.input(0))),
    },
  ],
});

/** The shape of the ends against that of the weight. */
type Mixed<A, B, W> = Broadcast<BroadcastOf<A, B, "lerp">, ShapeOf<W>, "lerp">;

/**
 * y = a + w · (b − a), element by element: a at w = 0 and b at w = 1, both exactly; a line through them beyond.
 *
 * @param a any shape `[…]`; integers and bools become float32.
 * @param b a shape that broadcasts with a's.
 * @param weight a shape that broadcasts with both, or a number.
 * @returns the broadcast shape of all three, in the dtype where they meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example lerp(variable([0, 10]), variable([10, 20]), 0.25)   // [2.5, 12.5]
 */
export function lerp<A extends Value, B extends Value, W extends Operand>(
  a: A,
  b: B & Meets<A, B, "lerp">,
  weight: W & Guard<Mixed<A, B, W>>,
): Lift<Resolved<Mixed<A, B, W>>, A, B, W> {
  const w = operand("lerp", weight, toFloat(promote(a.dtype, b.dtype)));
  return apply(lerpOp, [a, b, w]) as Lift<Resolved<Mixed<A, B, W>>, A, B, W>;
}
