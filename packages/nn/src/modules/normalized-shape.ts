/** What LayerNorm and RMSNorm share: the last axes, over which they normalise. */
import type { Value } from "@adjoint/autograd";
import { ArgumentError, formatShape, type Shape, ShapeMismatchError } from "@adjoint/tensor";

/** The shape that is normalised over; a number is that of the last axis. @throws {ArgumentError} unless all sizes are at least 1. */
export function normalizedShapeOf(op: string, shape: number | Shape): Shape {
  const sizes = typeof shape === "number" ? [shape] : [...shape];
  if (sizes.length > 0 && sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) return sizes;
  throw new ArgumentError(
    op,
    "normalizedShape",
    `normalizedShape is ${typeof shape === "number" ? shape : formatShape(shape)}.`,
    "Give the size of the last axis, or those of the last axes, each at least 1.",
  );
}

/** The last axes of x. @throws {ShapeMismatchError} if they are not of `shape`. */
export function normalizedAxes(op: string, x: Value, shape: Shape): Shape {
  const lead = x.rank - shape.length;
  if (lead >= 0 && shape.every((size, axis) => size === x.shape[lead + axis])) {
    return shape.map((_, axis) => lead + axis);
  }
  throw new ShapeMismatchError(
    op,
    `expected last axes ${formatShape(shape)}: input is ${formatShape(x.shape)}.`,
    "Make the layer for the last axes of its input.",
    [x.shape, shape],
  );
}
