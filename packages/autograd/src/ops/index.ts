/** Indexing with tensors: NumPy's advanced indexing, worked out as one read along one axis. */
import { broadcastShapes, IndexError, type Shape, sizeOf } from "@adjoint/tensor";
import { linear, outside, type Position, type Read, readsOf } from "../positions.ts";
import type { Lift, Value } from "../variable.ts";
import { indexSelect } from "./index-select.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";

/**
 * The elements of x at positions given by tensors, as NumPy and PyTorch read `x[i, :, j]`. Copies.
 *
 * Integer tensors broadcast against each other, and their shape takes the place of the axes they index: where those lie
 * side by side, else in front. A bool tensor stands for the positions of its true elements, over as many axes as it has.
 * Duplicates add up in the gradient. For ranges use `slice`, which gives a view.
 *
 * @param positions for each axis in order: an int32 or uint8 tensor, a bool tensor, a number, or null for the whole
 * axis; negative positions count from the end, and axes without an entry are kept whole.
 * @throws {IndexError} if a position is outside its axis.
 * @throws {AxisError} if there are more entries than axes.
 * @throws {ShapeMismatchError} if the position tensors do not broadcast, or a mask has not the axes' sizes.
 * @throws {DTypeError} if positions are float.
 * @throws {ArgumentError} if a number is fractional, or a mask is used inside vmap or a recording, where its values cannot be read.
 * @example index(variable([[1, 2], [3, 4], [5, 6]]), tensor([2, 0], { dtype: "int32" }), 1)   // [6, 2]
 */
export function index<X extends Value>(x: X, ...positions: readonly Position[]): Lift<Shape, X> {
  const reads = readsOf(x, positions);
  return (reads.length === 0 ? x : readAt(x, reads)) as Lift<Shape, X>;
}

/** The indexed axes made one, read at one position for each element of the result, and spread out again. */
function readAt(x: Value, reads: readonly Read[]): Value {
  const shape = reads.reduce<Shape>((all, { at }) => broadcastShapes("index", all, at.shape), []);
  const axes = reads.map(({ axis }) => axis);
  const first = axes[0] ?? 0;
  const together = axes.every((axis, i) => axis === first + i);
  const others = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
  const lead = together ? others.filter((axis) => axis < first) : [];
  const rest = others.slice(lead.length);
  const sizes = (list: readonly number[]): number[] => list.map((axis) => x.shape[axis] ?? 0);
  const side = together ? x : permute(x, [...axes, ...rest]);
  const merged = reshape(side, [...sizes(lead), sizeOf(sizes(axes)), ...sizes(rest)]);
  const flat = linear(reads)
    .expand(shape)
    .reshape([sizeOf(shape)]);
  try {
    return reshape(indexSelect(merged, flat, lead.length), [...sizes(lead), ...shape, ...sizes(rest)]);
  } catch (error) {
    throw error instanceof IndexError ? (outside(reads) ?? error) : error;
  }
}
