import {
  type Broadcast,
  type Guard,
  type Resolved,
  type ShapeOf,
  where as select,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type BroadcastOf, type Meets, type Operand, operands } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `where`. */
export const whereOp: Op<[Tensor, Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor, Tensor]>({
  name: "where",
  broadcasts: true,
  forward: ([condition, a, b]) => select(condition, a, b),
  vjp: [
    { notDifferentiable: "a condition is true or false" },
    {
      formula: "ā = g where condition, else 0",
      saves: [0],
      rule: (g, saved) => where(saved.input(0), g, 0),
    },
    {
      formula: "b̄ = 0 where condition, else g",
      saves: [0],
      rule: (g, saved) => where(saved.input(0), 0, g),
    },
  ],
});

/** What `where` asks for or gives: the condition's shape against that of the branches. */
type Selected<C, A, B> = Broadcast<ShapeOf<C>, BroadcastOf<A, B, "where">, "where">;

/**
 * y = condition ? a : b, element by element.
 *
 * The branch that is not selected gets a gradient of exactly 0. Both branches are computed all the same: if the
 * derivative further up is infinite there, 0·∞ makes a NaN, as in PyTorch. `where(x > 0, sqrt(x), 0)` at x = 0 is such a
 * case; select the argument first: `sqrt(where(x > 0, x, 1))`.
 *
 * @param condition bool (other dtypes: true where not 0), of a shape that broadcasts with the branches'.
 * @param a any shape `[…]`, floating-point to be differentiated, or a number, which takes b's dtype.
 * @param b a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape of all three, in the dtype where a and b meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {DTypeError} if a number does not fit the other branch's integer dtype.
 * @example where(tensor([true, false]), variable([1, 2]), 0)   // [1, 0]
 */
export function where<C extends Value, A extends Operand, B extends Operand>(
  condition: C & Guard<Selected<C, A, B>>,
  a: A,
  b: B & Meets<A, B, "where">,
): Lift<Resolved<Selected<C, A, B>>, A, B, C> {
  return apply(whereOp, [condition, ...operands("where", a, b)]) as Lift<
    Resolved<Selected<C, A, B>>,
    A,
    B,
    C
  >;
}
