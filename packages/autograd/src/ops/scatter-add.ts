import type { ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { gather } from "./gather.ts";

/** The op behind `scatterAdd`; its attribute is the axis. */
export const scatterAddOp: Op<[Tensor, Tensor, Tensor], number> = /* @__PURE__ */ defineOp<
  [Tensor, Tensor, Tensor],
  number
>({
  name: "scatterAdd",
  forward: ([x, index, source], axis) => x.scatterAdd(index, source, axis),
  vjp: [
    { formula: "x̄ = g", rule: (g) => g },
    { notDifferentiable: "positions are whole numbers" },
    {
      formula: "s̄ = gather(g, index): g where each element of source was added",
      saves: [1],
      rule: (g, saved) => gather(g, saved.input(1), saved.attributes),
    },
  ],
});

/**
 * A copy of x with y[…, index[…, i, …], …] += source[…, i, …] along `axis`; duplicates add up, in order.
 *
 * @param x `[…, n, …]`; its dtype is the result's, and source is cast to it.
 * @param index int32 or uint8, `[…, m, …]`: x's rank and its size on all axes but `axis`; from 0 to n − 1.
 * @param source index's shape.
 * @param axis negative ones count from the end.
 * @throws {IndexError} if an index is outside the axis; negative ones are refused.
 * @throws {ShapeMismatchError} if the shapes do not fit.
 * @throws {DTypeError} if index is neither int32 nor uint8.
 * @example scatterAdd(zeros([3]), tensor([2, 2], { dtype: "int32" }), variable([1, 5]), 0)   // [0, 0, 6]
 */
export function scatterAdd<X extends Value, I extends Value, Y extends Value>(
  x: X,
  index: I,
  source: Y,
  axis: number,
): Lift<ShapeOf<X>, X, I, Y> {
  return apply(scatterAddOp, [x, index, source], axis) as Lift<ShapeOf<X>, X, I, Y>;
}
