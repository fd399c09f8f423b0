import {
  ArgumentError,
  formatShape,
  type Guard,
  normalizeAxis,
  type RepeatInterleave,
  type Resolved,
  type ShapeOf,
  tensor,
} from "@adjoint/tensor";
import { checkWhole } from "../check-whole.ts";
import type { Lift, Value } from "../variable.ts";
import { expand } from "./expand.ts";
import { indexSelect } from "./index-select.ts";
import { reshape } from "./reshape.ts";
import { unsqueeze } from "./unsqueeze.ts";

/**
 * x with each element along an axis repeated in its place: `[…, n, …]` → `[…, times·n, …]`. Copies.
 *
 * The gradient is summed over the copies. NumPy calls this `repeat`.
 *
 * @param times a whole number for all elements, or a list with one for each.
 * @param axis default 0; negative ones count from the end.
 * @throws {ArgumentError} if the list is not as long as the axis, or a number is negative or fractional.
 * @throws {AxisError} if x does not have the axis.
 * @example repeatInterleave(variable([1, 2]), 2)   // [1, 1, 2, 2]
 */
export function repeatInterleave<X extends Value, const N extends number, const A extends number = 0>(
  x: X,
  times: N | readonly number[],
  axis?: A & Guard<RepeatInterleave<ShapeOf<X>, N, A>>,
): Lift<Resolved<RepeatInterleave<ShapeOf<X>, N, A>>, X> {
  const at = normalizeAxis("repeatInterleave", axis ?? 0, x.rank);
  checkWhole("repeatInterleave", "times", times, 0);
  const y = typeof times === "number" ? allAlike(x, times, at) : each(x, times, at);
  return y as Lift<Resolved<RepeatInterleave<ShapeOf<X>, N, A>>, X>;
}

function allAlike(x: Value, times: number, axis: number): Value {
  const thick = expand(unsqueeze(x, axis + 1), [
    ...x.shape.slice(0, axis + 1),
    times,
    ...x.shape.slice(axis + 1),
  ]);
  return reshape(
    thick,
    x.shape.map((size, i) => (i === axis ? size * times : size)),
  );
}

function each(x: Value, times: readonly number[], axis: number): Value {
  if (times.length !== x.shape[axis]) {
    const what = `times has ${times.length} numbers: x is ${formatShape(x.shape)} (axis ${axis} = ${x.shape[axis]}).`;
    throw new ArgumentError(
      "repeatInterleave",
      "times",
      what,
      "Give one number for each element of the axis.",
    );
  }
  const positions = times.flatMap((count, i) => Array.from({ length: count }, () => i));
  return indexSelect(x, tensor(positions, { dtype: "int32" }), axis);
}
