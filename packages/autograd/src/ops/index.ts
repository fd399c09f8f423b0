/** Indexing with tensors: NumPy's advanced indexing, worked out as one read along one axis. */
import {
  AdjointError,
  ArgumentError,
  AxisError,
  broadcastShapes,
  DTypeError,
  formatShape,
  full,
  IndexError,
  type Shape,
  ShapeMismatchError,
  where as select,
  sizeOf,
  type Tensor,
  tensor,
} from "@adjoint/tensor";
import { tensorOf } from "../apply.ts";
import type { Lift, Value } from "../variable.ts";
import { indexSelect } from "./index-select.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";

/** What is taken of an axis: positions, a mask over one axis or several, one position, or null for all of it. */
export type Position = Value | number | null;

/** An axis of x and the positions read there. */
interface Read {
  readonly axis: number;
  readonly size: number;
  readonly at: Tensor;
}

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
 * @throws {ArgumentError} if a mask is used inside vmap or a recording, where its values cannot be read.
 * @example index(variable([[1, 2], [3, 4], [5, 6]]), tensor([2, 0], { dtype: "int32" }), 1)   // [6, 2]
 */
export function index<X extends Value>(x: X, ...positions: readonly Position[]): Lift<Shape, X> {
  const reads = readsOf(x, positions);
  return (reads.length === 0 ? x : readAt(x, reads)) as Lift<Shape, X>;
}

function readsOf(x: Value, positions: readonly Position[]): Read[] {
  const reads: Read[] = [];
  let axis = 0;
  for (const [i, position] of positions.entries()) {
    const given = typeof position === "number" ? full([], position, { dtype: "int32" }) : position;
    if (given === null) {
      axis++;
      continue;
    }
    const indices = tensorOf(given);
    for (const at of indices.dtype === "bool" ? whereTrue(x, indices, axis, i) : [indices]) {
      if (at.dtype !== "int32" && at.dtype !== "uint8") {
        const remedy = 'Give positions as int32 or uint8, for example with cast("int32"), or a bool mask.';
        throw new DTypeError("index", `position ${i} is ${at.dtype}.`, remedy, at.dtype);
      }
      reads.push({ axis, size: x.shape[axis] ?? 0, at });
      axis++;
    }
  }
  if (axis <= x.rank) return reads;
  const what = `positions for ${axis} axes: x is ${formatShape(x.shape)}.`;
  throw new AxisError("index", what, "Give at most one position for each axis.", axis - 1, x.rank);
}

/** The positions of a mask's true elements, a vector for each of its axes. */
function whereTrue(x: Value, mask: Tensor, axis: number, i: number): Tensor[] {
  const covered = x.shape.slice(axis, axis + mask.rank);
  if (mask.rank === 0 || formatShape(covered) !== formatShape(mask.shape)) {
    const what = `position ${i} is a mask of ${formatShape(mask.shape)}: x is ${formatShape(x.shape)}, whose axes from ${axis} on are ${formatShape(covered)}.`;
    throw new ShapeMismatchError("index", what, "A mask has the sizes of the axes that it covers.", [
      x.shape,
      mask.shape,
    ]);
  }
  const found: number[] = [];
  for (const [place, value] of valuesOf(mask, i).entries()) if (value !== 0) found.push(place);
  let [step, size] = [mask.size, 1];
  return mask.shape.map((length) => {
    [step, size] = [step / length, length];
    return tensor(
      found.map((place) => Math.floor(place / step) % size),
      { dtype: "int32" },
    );
  });
}

function valuesOf(mask: Tensor, i: number): ReturnType<Tensor["toTypedArray"]> {
  try {
    return mask.toTypedArray();
  } catch (error) {
    if (!(error instanceof AdjointError)) throw error;
    const what = `position ${i} is a mask of ${formatShape(mask.shape)}, whose values cannot be read inside vmap or a recording.`;
    const remedy =
      "How many elements it takes would depend on them; use where or maskedFill, which keep the shape.";
    throw new ArgumentError("index", "positions", what, remedy);
  }
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

/** Positions along the merged axis; −1, which is refused where it is read, for a position outside its axis. */
function linear(reads: readonly Read[]): Tensor {
  let sum: Tensor = full([], 0, { dtype: "int32" });
  let inside: Tensor = full([], 1, { dtype: "bool" });
  for (const { at, size } of reads) {
    const given = at.cast("int32");
    const counted = select(given.less(0), given.add(size), given);
    sum = sum.mul(size).add(counted);
    inside = inside.and(counted.greaterEqual(0).and(counted.less(size)));
  }
  return select(inside, sum, -1);
}

/** The error that names the position which is outside its axis. */
function outside(reads: readonly Read[]): IndexError | undefined {
  for (const { axis, size, at } of reads) {
    const wrong = at.toTypedArray().find((value) => value < -size || value >= size);
    if (wrong === undefined) continue;
    const remedy = size === 0 ? "The axis is empty." : `Give positions from ${-size} to ${size - 1}.`;
    return new IndexError(
      "index",
      `position ${wrong} is outside axis ${axis} of size ${size}.`,
      remedy,
      wrong,
      size,
    );
  }
  return undefined;
}
