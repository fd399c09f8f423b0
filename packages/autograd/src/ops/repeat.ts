import {
  ArgumentError,
  formatShape,
  type Resolved,
  type Shape,
  type ShapeOf,
  type Tile,
} from "@adjoint/tensor";
import { checkWhole } from "../check-whole.ts";
import type { Lift, Value } from "../variable.ts";
import { tile } from "./tile.ts";

/**
 * x laid side by side with itself, as `tile` does, with a number for every axis: PyTorch's `repeat`. Copies.
 *
 * NumPy's `repeat`, which repeats each element in its place, is `repeatInterleave`.
 *
 * @param times whole numbers, one for each axis; further ones come in front.
 * @throws {ArgumentError} if an axis has none, or one is negative or fractional.
 * @example repeat(variable([1, 2]), [2, 1])   // [[1, 2], [1, 2]]
 */
export function repeat<X extends Value, const R extends Shape>(
  x: X,
  times: R,
): Lift<Resolved<Tile<ShapeOf<X>, R>>, X> {
  checkWhole("repeat", "times", times, 0);
  if (times.length < x.rank) {
    const what = `times is ${formatShape(times)} for x of ${formatShape(x.shape)}.`;
    const remedy =
      "Give a number for every axis; tile takes fewer, and repeatInterleave repeats single elements.";
    throw new ArgumentError("repeat", "times", what, remedy);
  }
  return tile(x, times);
}
