import {
  ArgumentError,
  type FlattenAxes,
  type Guard,
  normalizeAxis,
  type Resolved,
  type ShapeOf,
  sizeOf,
} from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { reshape } from "./reshape.ts";

/**
 * x with the axes `first` to `last` made one: `[a, b, c]` → `[a·b·c]`. A view where strides allow it, else a copy.
 *
 * @param first default 0; negative ones count from the end.
 * @param last default −1, included.
 * @returns a 0-d tensor becomes `[1]`.
 * @throws {AxisError} if x does not have the axes.
 * @throws {ArgumentError} if last comes before first.
 * @example flatten(variable([[1, 2], [3, 4]]))   // [1, 2, 3, 4]
 */
export function flatten<X extends Value, const I extends number = 0, const J extends number = -1>(
  x: X,
  first?: I & Guard<FlattenAxes<ShapeOf<X>, I, J>>,
  last?: J & Guard<FlattenAxes<ShapeOf<X>, I, J>>,
): Lift<Resolved<FlattenAxes<ShapeOf<X>, I, J>>, X> {
  const rank = Math.max(1, x.rank);
  const [from, to] = [normalizeAxis("flatten", first ?? 0, rank), normalizeAxis("flatten", last ?? -1, rank)];
  if (to < from) {
    const what = `first is axis ${from}, last is axis ${to}.`;
    throw new ArgumentError("flatten", "last", what, "Give a last axis that does not come before the first.");
  }
  const merged = sizeOf(x.shape.slice(from, to + 1));
  const y = reshape(x as Value, [...x.shape.slice(0, from), merged, ...x.shape.slice(to + 1)]);
  return y as Lift<Resolved<FlattenAxes<ShapeOf<X>, I, J>>, X>;
}
