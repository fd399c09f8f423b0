import { full, type Shape, type ShapeOf, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { scatterAdd } from "./scatter-add.ts";

/** The op behind `gather`; its attribute is the axis. */
export const gatherOp: Op<[Tensor, Tensor], number> = /* @__PURE__ */ defineOp<[Tensor, Tensor], number>({
  name: "gather",
  forward: ([x, index], axis) => x.gather(index, axis),
  vjp: [
    {
      formula: "x̄ = scatterAdd(0, index, g): an index that is read twice gets both",
      saves: [1],
      rule: (g, saved) => scatterAdd(zerosLike(g, saved.inputShape(0)), saved.input(1), g, saved.attributes),
    },
    { notDifferentiable: "positions are whole numbers" },
  ],
});

/**
 * y[…, i, …] = x[…, index[…, i, …], …] along `axis`.
 *
 * Duplicates in `index` add up in the gradient.
 *
 * @param x `[…, n, …]`
 * @param index int32 or uint8, `[…, m, …]`: x's rank and its size on all axes but `axis`; from 0 to n − 1.
 * @param axis negative ones count from the end.
 * @returns index's shape.
 * @throws {IndexError} if an index is outside the axis; negative ones are refused.
 * @throws {ShapeMismatchError} if index's other axes are not x's.
 * @throws {DTypeError} if index is neither int32 nor uint8.
 * @example gather(variable([[1, 2], [3, 4]]), tensor([[1], [0]], { dtype: "int32" }), 1)   // [[2], [3]]
 */
export function gather<X extends Value, I extends Value>(
  x: X,
  index: I,
  axis: number,
): Lift<ShapeOf<I>, X, I> {
  return apply(gatherOp, [x, index], axis) as Lift<ShapeOf<I>, X, I>;
}

/** Zeros of `shape` in g's dtype. A view of one element: what adds to it makes the copy. */
export function zerosLike(g: Value, shape: Shape): Tensor {
  return full([], 0, { dtype: g.dtype }).expand(shape);
}
