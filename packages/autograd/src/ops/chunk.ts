import { type Guard, normalizeAxis, type Resize, type ShapeOf } from "@adjoint/tensor";
import { checkWhole } from "../check-whole.ts";
import type { Value } from "../variable.ts";
import { type Part, split } from "./split.ts";

/**
 * x cut along an axis into at most `count` parts of one size, ⌈n / count⌉, and a smaller last one. Views.
 *
 * As in PyTorch there may be fewer parts than asked for: 5 in 4 are 2, 2 and 1.
 *
 * @param axis default 0; negative ones count from the end.
 * @throws {ArgumentError} if count is not a whole number of at least 1.
 * @throws {AxisError} if x does not have the axis.
 * @example chunk(variable([1, 2, 3, 4, 5]), 2)[0]   // [1, 2, 3]
 */
export function chunk<X extends Value, const A extends number = 0>(
  x: X,
  count: number,
  axis?: A & Guard<Resize<ShapeOf<X>, A, number, "chunk">>,
): Part<X, A, "chunk">[] {
  const at = normalizeAxis("chunk", axis ?? 0, x.rank);
  checkWhole("chunk", "count", count, 1);
  const length = x.shape[at] ?? 0;
  const sizes = length === 0 ? Array.from({ length: count }, () => 0) : Math.ceil(length / count);
  return split(x as Value, sizes, at) as Part<X, A, "chunk">[];
}
