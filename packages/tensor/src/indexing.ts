/** Reading and adding at indices, and putting tensors together. */
import { currentBackend, type Piece } from "./backend.ts";
import { checkHolds, type DType, promote } from "./dtype.ts";
import { ArgumentError, DTypeError, ShapeMismatchError } from "./errors.ts";
import { castTo, type Range, resolveRange, unsqueeze } from "./movement.ts";
import { contiguousStrides, formatShape, normalizeAxis, sameShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** See Tensor.gather. */
export function gather(x: Tensor, index: Tensor, axis: number): Tensor {
  const at = normalizeAxis("gather", axis, x.rank);
  checkIndex("gather", x, index, at);
  const storage = currentBackend().gather(x, castTo(index, "int32"), at);
  return new Tensor(storage, index.shape, contiguousStrides(index.shape), 0);
}

/** See Tensor.scatterAdd. */
export function scatterAdd(x: Tensor, index: Tensor, source: Tensor, axis: number): Tensor {
  const at = normalizeAxis("scatterAdd", axis, x.rank);
  checkIndex("scatterAdd", x, index, at);
  if (formatShape(source.shape) !== formatShape(index.shape)) {
    throw new ShapeMismatchError(
      "scatterAdd",
      `source is ${formatShape(source.shape)}, index is ${formatShape(index.shape)}.`,
      "Give one index for each element of source.",
      [x.shape, index.shape, source.shape],
    );
  }
  if (x.dtype === "bool") {
    throw new DTypeError(
      "scatterAdd",
      "x is bool.",
      'Cast it first, for example with cast("int32").',
      x.dtype,
    );
  }
  const storage = currentBackend().scatterAdd(x, castTo(index, "int32"), castTo(source, x.dtype), at);
  return new Tensor(storage, x.shape, contiguousStrides(x.shape), 0);
}

/** See Tensor.indexSelect. */
export function indexSelect(x: Tensor, index: Tensor, axis: number): Tensor {
  const at = normalizeAxis("indexSelect", axis, x.rank);
  if (index.rank !== 1) {
    throw new ShapeMismatchError(
      "indexSelect",
      `index is ${formatShape(index.shape)}.`,
      "Give a 1-d tensor of positions; use gather for an index of x's rank.",
      [x.shape, index.shape],
    );
  }
  const count = index.shape[0] as number;
  const aligned = index.reshape(x.shape.map((_, i) => (i === at ? count : 1)));
  return gather(x, aligned.expand(x.shape.map((size, i) => (i === at ? count : size))), at);
}

function checkIndex(op: string, x: Tensor, index: Tensor, axis: number): void {
  if (index.dtype !== "int32" && index.dtype !== "uint8") {
    const remedy = 'Give positions as int32 or uint8, for example with cast("int32").';
    throw new DTypeError(op, `index is ${index.dtype}.`, remedy, index.dtype);
  }
  const fits = index.rank === x.rank && x.shape.every((size, i) => i === axis || index.shape[i] === size);
  if (fits) return;
  throw new ShapeMismatchError(
    op,
    `index is ${formatShape(index.shape)}, x is ${formatShape(x.shape)}, axis is ${axis}.`,
    "Index must have x's rank, and x's size on every axis but the indexed one; unsqueeze and expand it.",
    [x.shape, index.shape],
  );
}

/**
 * Tensors joined along an axis that they have: `[a, n]`, `[b, n]` → `[a + b, n]`. Dtypes meet by promotion.
 *
 * @throws {ArgumentError} if there is nothing to join.
 * @throws {ShapeMismatchError} if ranks or other axes differ.
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  const first = firstOf("concat", tensors);
  const at = normalizeAxis("concat", axis, first.rank);
  for (const [position, x] of tensors.entries()) {
    const fits = x.rank === first.rank && x.shape.every((size, i) => i === at || size === first.shape[i]);
    if (!fits) {
      throw new ShapeMismatchError(
        "concat",
        `tensor ${position} is ${formatShape(x.shape)}, tensor 0 is ${formatShape(first.shape)}, axis is ${at}.`,
        "All must have one rank, and one size on every axis but the joined one.",
        tensors.map((t) => t.shape),
      );
    }
  }
  return join(tensors, first, at);
}

/** The tensors behind each other along axis `at`; their shapes have been checked. */
function join(tensors: readonly Tensor[], first: Tensor, at: number): Tensor {
  const shape = first.shape.slice();
  shape[at] = tensors.reduce((sum, x) => sum + (x.shape[at] as number), 0);
  const dtype = tensors.reduce<DType>((sum, x) => promote(sum, x.dtype), first.dtype);
  const strides = contiguousStrides(shape);
  let offset = 0;
  const pieces = tensors.map((x): Piece => {
    const piece = { source: castTo(x, dtype), strides, offset };
    offset += (x.shape[at] as number) * (strides[at] as number);
    return piece;
  });
  return placed(shape, dtype, pieces);
}

/**
 * Tensors of one shape joined along a new axis: two of `[n]` → `[2, n]`.
 *
 * @throws {ArgumentError} if there is nothing to join.
 * @throws {ShapeMismatchError} if shapes differ.
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  const first = firstOf("stack", tensors);
  const at = normalizeAxis("stack", axis, first.rank + 1);
  for (const [position, x] of tensors.entries()) {
    if (sameShape(x.shape, first.shape)) continue;
    throw new ShapeMismatchError(
      "stack",
      `tensor ${position} is ${formatShape(x.shape)}, tensor 0 is ${formatShape(first.shape)}.`,
      "All must have one shape; concat joins along an axis that they have.",
      tensors.map((t) => t.shape),
    );
  }
  const thick = tensors.map((x) => unsqueeze(x, at));
  return join(thick, thick[0] ?? first, at);
}

function firstOf(op: string, tensors: readonly Tensor[]): Tensor {
  const first = tensors[0];
  if (first !== undefined) return first;
  throw new ArgumentError(op, "tensors", "there is nothing to join.", "Give at least one tensor.");
}

/**
 * Zeros of `shape` with x where `slice(ranges)` would read: the transpose of slicing.
 *
 * @throws {ShapeMismatchError} if x does not have the shape that `slice(ranges)` gives.
 */
export function unslice(
  x: Tensor,
  shape: readonly number[],
  ranges: readonly (Range | number | null)[],
): Tensor {
  const whole = contiguousStrides(shape);
  const taken: number[] = [];
  const strides: number[] = [];
  let offset = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const range = ranges[axis] ?? {};
    const stride = whole[axis] as number;
    const { start, count, step } = resolveRange("unslice", range, shape[axis] as number, axis);
    if (count > 0) offset += start * stride;
    if (typeof range === "number") continue;
    taken.push(count);
    strides.push(step * stride);
  }
  if (formatShape(taken) !== formatShape(x.shape)) {
    throw new ShapeMismatchError(
      "unslice",
      `x is ${formatShape(x.shape)}, but the slice of ${formatShape(shape)} is ${formatShape(taken)}.`,
      "Give the same ranges as the slice that x stands for.",
      [x.shape, shape],
    );
  }
  return placed(shape, x.dtype, x.size === 0 ? [] : [{ source: x, strides, offset }]);
}

/**
 * x with `before[axis]` and `after[axis]` elements of `value` around it; both hold one whole number ≥ 0 an axis.
 *
 * @throws {ArgumentError} if an amount is missing, negative or fractional.
 * @throws {DTypeError} if x's dtype cannot hold `value`.
 */
export function pad(x: Tensor, before: readonly number[], after: readonly number[], value = 0): Tensor {
  checkHolds("pad", x.dtype, value);
  for (const [argument, amounts] of Object.entries({ before, after })) {
    if (amounts.length !== x.rank || amounts.some((amount) => !Number.isSafeInteger(amount) || amount < 0)) {
      throw new ArgumentError(
        "pad",
        argument,
        `${argument} is ${formatShape(amounts)} for x of ${formatShape(x.shape)}.`,
        `Give ${x.rank} whole numbers of at least 0, one for each axis.`,
      );
    }
  }
  const shape = x.shape.map((size, axis) => size + (before[axis] as number) + (after[axis] as number));
  const strides = contiguousStrides(shape);
  const offset = strides.reduce((sum, stride, axis) => sum + stride * (before[axis] as number), 0);
  return placed(shape, x.dtype, [{ source: x, strides, offset }], value);
}

function placed(shape: readonly number[], dtype: DType, pieces: readonly Piece[], fill = 0): Tensor {
  const storage = currentBackend().place(sizeOf(shape), dtype, fill, pieces);
  return new Tensor(storage, shape, contiguousStrides(shape), 0);
}
