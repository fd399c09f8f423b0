/** The positions that `index` reads: integer tensors and masks as whole numbers along axes. */
import {
  AdjointError,
  ArgumentError,
  AxisError,
  DTypeError,
  formatShape,
  full,
  IndexError,
  ShapeMismatchError,
  where as select,
  type Tensor,
  tensor,
} from "@adjoint/tensor";
import { tensorOf } from "./apply.ts";
import type { Value } from "./variable.ts";

/** What is taken of an axis: positions, a mask over one axis or several, one position, or null for all of it. */
export type Position = Value | number | null;

/** An axis of x and the positions read there. */
export interface Read {
  readonly axis: number;
  readonly size: number;
  readonly at: Tensor;
}

/** The axes that `positions` index, in order, and where each is read. @throws as `index`. */
export function readsOf(x: Value, positions: readonly Position[]): Read[] {
  const reads: Read[] = [];
  let axis = 0;
  for (const [i, position] of positions.entries()) {
    const given = typeof position === "number" ? whole(position, i) : position;
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

/** A number as a 0-d tensor. */
function whole(position: number, i: number): Tensor {
  if ((position | 0) === position) return full([], position, { dtype: "int32" });
  throw new ArgumentError("index", "positions", `position ${i} is ${position}.`, "Give a whole number.");
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

/** Positions along the merged axis; −1, which is refused where it is read, for a position outside its axis. */
export function linear(reads: readonly Read[]): Tensor {
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
export function outside(reads: readonly Read[]): IndexError | undefined {
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
