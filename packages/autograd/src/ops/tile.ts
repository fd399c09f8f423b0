import type { Resolved, Shape, ShapeOf, Tile } from "@adjoint/tensor";
import { checkWhole } from "../check-whole.ts";
import type { Lift, Value } from "../variable.ts";
import { expand } from "./expand.ts";
import { reshape } from "./reshape.ts";

/**
 * x laid side by side with itself `times` along each axis: `[m, n]` by `[a, b]` → `[a·m, b·n]`. Copies.
 *
 * The gradient is summed over the copies.
 *
 * @param times whole numbers, aligned with x's axes at the last one; axes without one stay, further ones come in front.
 * @throws {ArgumentError} if a number is negative or fractional.
 * @example tile(variable([1, 2]), [2])   // [1, 2, 1, 2]
 */
export function tile<X extends Value, const R extends Shape>(
  x: X,
  times: R,
): Lift<Resolved<Tile<ShapeOf<X>, R>>, X> {
  checkWhole("tile", "times", times, 0);
  const sizes = aligned(x.shape, times.length);
  const counts = aligned(times, sizes.length);
  // Each axis becomes two, of which the first, of size 1, is stretched.
  const thin = reshape(
    x as Value,
    sizes.flatMap((size) => [1, size]),
  );
  const thick = expand(
    thin,
    sizes.flatMap((size, axis) => [counts[axis] ?? 1, size]),
  );
  const y = reshape(
    thick,
    sizes.map((size, axis) => size * (counts[axis] ?? 1)),
  );
  return y as Lift<Resolved<Tile<ShapeOf<X>, R>>, X>;
}

/** `list` with ones in front, so that it has at least `length` entries. */
function aligned(list: Shape, length: number): readonly number[] {
  return [...Array.from({ length: Math.max(0, length - list.length) }, () => 1), ...list];
}
