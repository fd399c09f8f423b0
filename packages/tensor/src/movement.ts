/** Movement: new shapes, strides and offsets over the same storage. Only `reshape` of a scattered view copies. */
import { currentBackend } from "./backend.ts";
import { checkDType, type DType } from "./dtype.ts";
import { ArgumentError, AxisError, IndexError, ShapeMismatchError } from "./errors.ts";
import {
  checkShape,
  contiguousStrides,
  formatShape,
  isContiguous,
  normalizeAxes,
  normalizeAxis,
  sameShape,
  sizeOf,
} from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** One axis of a slice: `[start, stop)` in steps; a missing bound is the end that the step's sign asks for. */
export interface Range {
  readonly start?: number;
  readonly stop?: number;
  readonly step?: number;
}

/** x in `dtype`: x itself if it has it already, else a contiguous copy. */
export function castTo(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  checkDType("cast", dtype);
  return new Tensor(currentBackend().cast(x, dtype), x.shape, contiguousStrides(x.shape), 0);
}

/** A contiguous copy. */
export function copy(x: Tensor): Tensor {
  return new Tensor(currentBackend().cast(x, x.dtype), x.shape, contiguousStrides(x.shape), 0);
}

/** See Tensor.reshape. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  const target = inferAxis(x, shape);
  if (sameShape(target, x.shape)) return x;
  if (x.size === 0 || isContiguous(x.shape, x.strides)) {
    return new Tensor(x.storage, target, contiguousStrides(target), x.offset);
  }
  const strides = viewStrides(x, target);
  if (strides !== null) return new Tensor(x.storage, target, strides, x.offset);
  return new Tensor(currentBackend().cast(x, x.dtype), target, contiguousStrides(target), 0);
}

/** `shape` with its −1 filled in. */
function inferAxis(x: Tensor, shape: readonly number[]): readonly number[] {
  const unknown = shape.indexOf(-1);
  const known = sizeOf(shape.filter((_, axis) => axis !== unknown));
  const target = unknown < 0 ? shape : shape.map((size, axis) => (axis === unknown ? x.size / known : size));
  const fits = target.every((size) => Number.isSafeInteger(size) && size >= 0) && sizeOf(target) === x.size;
  if (!fits) {
    throw new ShapeMismatchError(
      "reshape",
      `cannot see ${formatShape(x.shape)} (${x.size} elements) as ${formatShape(shape)}.`,
      "The axes must multiply to the same number of elements; at most one may be -1.",
      [x.shape, shape],
    );
  }
  return target;
}

/** Strides that show x's elements in `target` without a copy, or null where no strides do. */
function viewStrides(x: Tensor, target: readonly number[]): number[] | null {
  const sizes = x.shape.filter((size) => size !== 1);
  const steps = x.strides.filter((_, axis) => x.shape[axis] !== 1);
  const strides = new Array<number>(target.length).fill(0);
  let from = 0;
  let to = 0;
  while (from < sizes.length) {
    // Grow both sides until they cover the same number of elements; the source axes must then lie in one line.
    let [sourceEnd, targetEnd] = [from + 1, to];
    let sourceSize = sizes[from] as number;
    let targetSize = 1;
    while (targetSize !== sourceSize || targetEnd === to) {
      if (targetSize < sourceSize) targetSize *= target[targetEnd++] as number;
      else sourceSize *= sizes[sourceEnd++] as number;
    }
    for (let axis = from; axis < sourceEnd - 1; axis++) {
      if (steps[axis] !== (steps[axis + 1] as number) * (sizes[axis + 1] as number)) return null;
    }
    let stride = steps[sourceEnd - 1] as number;
    for (let axis = targetEnd - 1; axis >= to; axis--) {
      strides[axis] = stride;
      stride *= target[axis] as number;
    }
    from = sourceEnd;
    to = targetEnd;
  }
  return strides;
}

/** See Tensor.permute. */
export function permute(x: Tensor, axes: readonly number[]): Tensor {
  const order = axes.map((axis) => normalizeAxis("permute", axis, x.rank));
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new ShapeMismatchError(
      "permute",
      `axes ${formatShape(axes)} are no permutation of the axes of ${formatShape(x.shape)}.`,
      `Name each of the ${x.rank} axes once.`,
      [x.shape],
    );
  }
  const shape = order.map((axis) => x.shape[axis] as number);
  const strides = order.map((axis) => x.strides[axis] as number);
  return new Tensor(x.storage, shape, strides, x.offset);
}

/** See Tensor.transpose. */
export function transpose(x: Tensor, first: number, second: number): Tensor {
  if (x.rank < 2) {
    const remedy = "Transposing takes at least two axes; unsqueeze it first.";
    throw new ShapeMismatchError("transpose", `x is ${formatShape(x.shape)}.`, remedy, [x.shape]);
  }
  const p = normalizeAxis("transpose", first, x.rank);
  const q = normalizeAxis("transpose", second, x.rank);
  const shape = x.shape.slice();
  const strides = x.strides.slice();
  [shape[p], shape[q]] = [x.shape[q] as number, x.shape[p] as number];
  [strides[p], strides[q]] = [x.strides[q] as number, x.strides[p] as number];
  return new Tensor(x.storage, shape, strides, x.offset);
}

/** See Tensor.expand. */
export function expand(x: Tensor, shape: readonly number[]): Tensor {
  const lead = shape.length - x.rank;
  const target = shape.map((size, axis) =>
    size === -1 && axis >= lead ? (x.shape[axis - lead] as number) : size,
  );
  checkShape("expand", target);
  const fits = lead >= 0 && x.shape.every((size, axis) => size === 1 || size === target[axis + lead]);
  if (!fits) {
    throw new ShapeMismatchError(
      "expand",
      `cannot expand ${formatShape(x.shape)} to ${formatShape(shape)}.`,
      "Axes are aligned at the last one; only an axis of size 1 stretches, and new axes come in front.",
      [x.shape, shape],
    );
  }
  return stretched(x, target);
}

/** x seen in a shape that it broadcasts to, which the caller has checked: stride 0 along what is new or stretched. */
export function stretched(x: Tensor, shape: readonly number[]): Tensor {
  const lead = shape.length - x.rank;
  const strides = shape.map((size, axis) =>
    axis < lead || x.shape[axis - lead] !== size ? 0 : (x.strides[axis - lead] as number),
  );
  return new Tensor(x.storage, shape, strides, x.offset);
}

/** See Tensor.squeeze. */
export function squeeze(x: Tensor, axes: number | readonly number[] | undefined): Tensor {
  const drop = normalizeAxes("squeeze", axes, x.rank).filter((axis) => x.shape[axis] === 1);
  if (drop.length === 0) return x;
  const keep = (_: number, axis: number): boolean => !drop.includes(axis);
  return new Tensor(x.storage, x.shape.filter(keep), x.strides.filter(keep), x.offset);
}

/** See Tensor.unsqueeze. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const at = normalizeAxis("unsqueeze", axis, x.rank + 1);
  const shape = x.shape.slice();
  const strides = x.strides.slice();
  shape.splice(at, 0, 1);
  strides.splice(at, 0, 0);
  return new Tensor(x.storage, shape, strides, x.offset);
}

/** A range of an axis worked out: first index, number of indices, step. */
export interface ResolvedRange {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** Python's slice rules on an axis of `size`: negative bounds count from the end, bounds beyond the axis are cut. */
export function resolveRange(op: string, range: Range | number, size: number, axis: number): ResolvedRange {
  if (typeof range === "number") {
    if (!Number.isInteger(range) || range < -size || range >= size) {
      const remedy = size === 0 ? "The axis is empty." : `Give an index from ${-size} to ${size - 1}.`;
      throw new IndexError(
        op,
        `index ${range} is outside axis ${axis} of size ${size}.`,
        remedy,
        range,
        size,
      );
    }
    return { start: range < 0 ? range + size : range, count: 1, step: 1 };
  }
  const step = range.step ?? 1;
  for (const [name, value] of Object.entries({ start: range.start ?? 0, stop: range.stop ?? 0, step })) {
    if (!Number.isInteger(value) || (name === "step" && value === 0)) {
      const remedy = "Give whole numbers, and a step other than 0.";
      throw new ArgumentError(op, name, `${name} of axis ${axis} is ${value}.`, remedy);
    }
  }
  const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
  const cut = (bound: number): number =>
    Math.min(Math.max(bound < 0 ? bound + size : bound, lowest), highest);
  const start = range.start === undefined ? (step > 0 ? 0 : size - 1) : cut(range.start);
  const stop = range.stop === undefined ? (step > 0 ? size : -1) : cut(range.stop);
  return { start, count: Math.max(0, Math.ceil((stop - start) / step)), step };
}

/** See Tensor.slice. */
export function slice(x: Tensor, ranges: readonly (Range | number | null)[]): Tensor {
  if (ranges.length > x.rank) {
    throw new AxisError(
      "slice",
      `${ranges.length} ranges for a tensor of shape ${formatShape(x.shape)}.`,
      `Give at most ${x.rank}, one for each axis; null keeps an axis whole.`,
      ranges.length - 1,
      x.rank,
    );
  }
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = x.offset;
  for (let axis = 0; axis < x.rank; axis++) {
    const range = ranges[axis] ?? {};
    const stride = x.strides[axis] as number;
    const { start, count, step } = resolveRange("slice", range, x.shape[axis] as number, axis);
    if (count > 0) offset += start * stride;
    if (typeof range === "number") continue;
    shape.push(count);
    strides.push(stride * step);
  }
  return new Tensor(x.storage, shape, strides, offset);
}

/** See Tensor.flip. */
export function flip(x: Tensor, axes: number | readonly number[] | undefined): Tensor {
  const turned = normalizeAxes("flip", axes, x.rank);
  return slice(
    x,
    x.shape.map((_, axis) => (turned.includes(axis) ? { step: -1 } : null)),
  );
}
