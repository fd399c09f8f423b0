import {
  ArgumentError,
  type Guard,
  type Movedim,
  normalizeAxes,
  normalizeAxis,
  type Resolved,
  type Shape,
  type ShapeOf,
} from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { permute } from "./permute.ts";

/** The shape where both are single axes; only its rank otherwise. */
type Moved<X, I, J> = I extends number ? (J extends number ? Movedim<ShapeOf<X>, I, J> : Shape) : Shape;

/**
 * x with the axes `source` moved to where they are the axes `destination`; the others keep their order. A view.
 *
 * @param source one axis or several, each once; negative ones count from the end.
 * @param destination as many.
 * @throws {AxisError} if an axis is missing or named twice.
 * @throws {ArgumentError} if there are not as many sources as destinations.
 * @example movedim(variable([[[1, 2, 3]]]), -1, 0)   // [[[1]], [[2]], [[3]]]
 */
export function movedim<X extends Value, const I extends number | Shape, const J extends number | Shape>(
  x: X,
  source: I & Guard<Moved<X, I, J>>,
  destination: J,
): Lift<Resolved<Moved<X, I, J>>, X> {
  const [from, to] = [counted(x, source), counted(x, destination)];
  if (from.length !== to.length) {
    const what = `source names ${from.length} axes, destination ${to.length}.`;
    throw new ArgumentError("movedim", "destination", what, "Give a destination for each source.");
  }
  const others = [...x.shape.keys()].filter((axis) => !from.includes(axis));
  const order = x.shape.map((_, axis) => {
    const moved = to.indexOf(axis);
    return moved < 0 ? (others.shift() ?? 0) : (from[moved] ?? 0);
  });
  return permute(x as Value, order) as Lift<Resolved<Moved<X, I, J>>, X>;
}

/** Axes counted from the front, in the order given. */
function counted(x: Value, axes: number | Shape): readonly number[] {
  const list = typeof axes === "number" ? [axes] : axes;
  normalizeAxes("movedim", list, x.rank);
  return list.map((axis) => normalizeAxis("movedim", axis, x.rank));
}
