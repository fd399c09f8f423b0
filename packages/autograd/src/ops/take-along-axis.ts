import { broadcastShapes, formatShape, normalizeAxis, type Shape, ShapeMismatchError } from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { expand } from "./expand.ts";
import { gather } from "./gather.ts";

/**
 * `gather` whose index broadcasts: y[…, j, …] = x[…, index[…, j, …], …] along `axis`, as NumPy's take_along_axis.
 *
 * With the positions that `argmax`, `argsort` or `topk` gave, these are the elements themselves. Duplicates add up in
 * the gradient.
 *
 * @param x `[…, n, …]`
 * @param index int32 or uint8, of x's rank, with axes that broadcast with x's except along `axis`; from 0 to n − 1.
 * @param axis negative ones count from the end.
 * @throws {ShapeMismatchError} if the ranks differ, or the other axes do not broadcast.
 * @throws {IndexError} if an index is outside the axis; negative ones are refused.
 * @throws {DTypeError} if index is neither int32 nor uint8.
 * @example takeAlongAxis(variable([[1, 2], [3, 4]]), tensor([[1]], { dtype: "int32" }), 1)   // [[2], [4]]
 */
export function takeAlongAxis<X extends Value, I extends Value>(
  x: X,
  index: I,
  axis: number,
): Lift<Shape, X, I> {
  const at = normalizeAxis("takeAlongAxis", axis, x.rank);
  if (index.rank !== x.rank) {
    const what = `index is ${formatShape(index.shape)}, x is ${formatShape(x.shape)}.`;
    const remedy = "Both must have one rank; unsqueeze the index where it lacks an axis.";
    throw new ShapeMismatchError("takeAlongAxis", what, remedy, [x.shape, index.shape]);
  }
  const along = (shape: Shape, size: number): Shape => shape.map((other, i) => (i === at ? size : other));
  const others = broadcastShapes("takeAlongAxis", along(x.shape, 1), along(index.shape, 1));
  const from = expand(x as Value, along(others, x.shape[at] ?? 0));
  return gather(from, expand(index as Value, along(others, index.shape[at] ?? 0)), at) as Lift<Shape, X, I>;
}
