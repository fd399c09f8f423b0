/** Shapes at run time: sizes, strides, axes and broadcasting, with the same rules and words as shape-types.ts. */
import { AxisError, ShapeMismatchError } from "./errors.ts";

/** The number of elements of `shape`: the product of its axes, 1 for a 0-d shape. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis] as number;
  return size;
}

/** Row-major strides, in elements, of a contiguous array of `shape`. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/** True if elements lie side by side in row-major order; axes of size 1, and no elements, may have any strides. */
export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] as number;
    if (size !== 1 && strides[axis] !== stride) return shape.includes(0);
    stride *= size;
  }
  return true;
}

/** True if both shapes have the same axes. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** `[64, 784]`, as every message prints a shape. */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/**
 * Refuses what is no shape.
 *
 * @throws {ShapeMismatchError} if an axis is negative, fractional or not finite.
 */
export function checkShape(op: string, shape: readonly number[]): void {
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis] as number;
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new ShapeMismatchError(
        op,
        `shape ${formatShape(shape)} has axis ${axis} = ${size}.`,
        "Every axis must be a whole number of at least 0.",
        [shape],
      );
    }
  }
}

/**
 * The axis counted from the front: −1 is the last.
 *
 * @throws {AxisError} if a tensor of `rank` axes does not have it.
 */
export function normalizeAxis(op: string, axis: number, rank: number): number {
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
  throw new AxisError(
    op,
    `axis ${axis} is outside a tensor of rank ${rank}.`,
    rank === 0 ? "A 0-d tensor has no axes." : `Give an axis from ${-rank} to ${rank - 1}.`,
    axis,
    rank,
  );
}

/**
 * Axes of a reduction counted from the front, in increasing order; `undefined` means all.
 * A 0-d tensor takes axis 0 or −1 as if it had one axis, as PyTorch does.
 *
 * @throws {AxisError} if an axis is missing or named twice.
 */
export function normalizeAxes(
  op: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): readonly number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  const counted = list.map((axis) => normalizeAxis(op, axis, Math.max(rank, 1))).sort((a, b) => a - b);
  const twice = counted.find((axis, index) => axis === counted[index + 1]);
  if (twice !== undefined) {
    throw new AxisError(
      op,
      `axis ${twice} is named twice in ${formatShape(list)}.`,
      "Name each axis once.",
      twice,
      rank,
    );
  }
  return rank === 0 ? [] : counted;
}

/**
 * The shape in which `a` and `b` meet: aligned at the last axis, an axis of size 1 stretches.
 *
 * @throws {ShapeMismatchError} if two axes differ and neither is 1.
 */
export function broadcastShapes(op: string, a: readonly number[], b: readonly number[]): readonly number[] {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let back = 1; back <= rank; back++) {
    const p = a[a.length - back] ?? 1;
    const q = b[b.length - back] ?? 1;
    if (p !== q && p !== 1 && q !== 1) {
      throw new ShapeMismatchError(
        op,
        `shapes do not broadcast: a is ${formatShape(a)} (axis ${a.length - back} = ${p}), b is ${formatShape(b)} (axis ${b.length - back} = ${q}).`,
        "Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
        [a, b],
      );
    }
    shape[rank - back] = p === 1 ? q : p;
  }
  return shape;
}

/**
 * The axes of `from` along which broadcasting repeated a tensor of shape `to`, and the leading axes it added.
 * Summing over them brings a gradient of shape `from` back to `to`.
 */
export function broadcastAxes(from: readonly number[], to: readonly number[]): number[] {
  const lead = from.length - to.length;
  const axes: number[] = [];
  for (let axis = 0; axis < from.length; axis++) {
    if (axis < lead || (to[axis - lead] === 1 && from[axis] !== 1)) axes.push(axis);
  }
  return axes;
}

/** `shape` without `axes` (sorted), or with them kept as size 1. */
export function reducedShape(shape: readonly number[], axes: readonly number[], keepDims: boolean): number[] {
  if (keepDims) return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return shape.filter((_, axis) => !axes.includes(axis));
}
