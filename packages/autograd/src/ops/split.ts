import {
  ArgumentError,
  formatShape,
  type Guard,
  normalizeAxis,
  type Resize,
  type Resolved,
  type ShapeOf,
} from "@adjoint/tensor";
import { checkWhole } from "../check-whole.ts";
import type { Lift, Value } from "../variable.ts";
import { slice } from "./slice.ts";

/** What a part of x is: x with another size along the axis. */
export type Part<X, A extends number, Op extends string> = Lift<
  Resolved<Resize<ShapeOf<X>, A, number, Op>>,
  X
>;

/**
 * x cut along an axis into parts of the given sizes: `[…, n, …]` → several `[…, sizeᵢ, …]`. Views, nothing is copied.
 *
 * @param sizes the size of each part, or one size for all of them; the last part is then what is left.
 * @param axis default 0; negative ones count from the end.
 * @throws {ArgumentError} if the sizes do not add up to the axis, or one is not a whole number.
 * @throws {AxisError} if x does not have the axis.
 * @example split(variable([1, 2, 3, 4, 5]), 2)[1]   // [3, 4]
 */
export function split<X extends Value, const A extends number = 0>(
  x: X,
  sizes: number | readonly number[],
  axis?: A & Guard<Resize<ShapeOf<X>, A, number, "split">>,
): Part<X, A, "split">[] {
  const at = normalizeAxis("split", axis ?? 0, x.rank);
  const length = x.shape[at] ?? 0;
  checkWhole("split", "sizes", sizes, typeof sizes === "number" ? 1 : 0);
  const parts = typeof sizes === "number" ? equalParts(length, sizes) : sizes;
  const total = parts.reduce((sum, size) => sum + size, 0);
  if (total !== length) {
    const what = `sizes ${formatShape(parts)} add up to ${total}: x is ${formatShape(x.shape)} (axis ${at} = ${length}).`;
    throw new ArgumentError("split", "sizes", what, "Give sizes that add up to the axis.");
  }
  const before = Array.from({ length: at }, () => null);
  let start = 0;
  return parts.map((size) => {
    const part = slice(x as Value, ...before, { start, stop: start + size });
    start += size;
    return part as Part<X, A, "split">;
  });
}

/** `length` as parts of `size`; at least one part, of which the last may be smaller. */
function equalParts(length: number, size: number): number[] {
  const count = Math.max(1, Math.ceil(length / size));
  return Array.from({ length: count }, (_, i) => Math.min(size, length - i * size));
}
