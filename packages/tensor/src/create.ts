/** Tensors from nothing, from numbers, and from arrays. */
import { currentBackend } from "./backend.ts";
import {
  allocate,
  canHold,
  checkDType,
  type DType,
  dtypeOf,
  type FloatDType,
  isFloat,
  type TypedArray,
} from "./dtype.ts";
import { ArgumentError, checkOptions, DTypeError, ShapeMismatchError } from "./errors.ts";
import { checkShape, contiguousStrides, formatShape, sizeOf } from "./shape.ts";
import type { ArrayElement, ArrayShape, Guard, Mutable, Resolved, Shape } from "./shape-types.ts";
import type { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/** Numbers or booleans, nested to any depth: what `tensor` reads and `toArray` gives. */
export type NestedArray = number | boolean | readonly NestedArray[];

/** Settings of `tensor`. */
export interface TensorOptions<S extends Shape = Shape, D extends DType = DType> {
  /** The shape of a flat array's elements; without it, the shape of the nesting. */
  readonly shape?: S;
  /** Without it: the typed array's own, bool for booleans, float32 for numbers. */
  readonly dtype?: D;
}

/** Settings of the creation functions. */
export interface CreateOptions<D extends DType = DType> {
  /** Default float32. */
  readonly dtype?: D;
}

/** A tensor over a storage that holds exactly its elements in row-major order. */
export function fromStorage<S extends Shape, D extends DType>(storage: Storage<D>, shape: S): Tensor<S, D> {
  return new Tensor<S, D>(storage, shape, contiguousStrides(shape), 0);
}

/**
 * A tensor holding a copy of `data`.
 *
 * @param data a number, a boolean, nested arrays of them (all of one length at each depth), or a typed array.
 * @example
 * tensor([[1, 2], [3, 4]])                              // [2, 2] float32
 * tensor(new Uint8Array([1, 0]), { shape: [2, 1] })     // [2, 1] uint8
 * @throws {ShapeMismatchError} if the nesting is ragged, or `shape` does not hold as many elements.
 * @throws {DTypeError} if the dtype cannot hold a number.
 */
export function tensor<
  const A extends NestedArray | TypedArray,
  const S extends Shape = Resolved<ArrayShape<A>>,
  D extends DType = DTypeOfData<A>,
>(data: A & Guard<ArrayShape<A>>, options?: TensorOptions<S, D>): Tensor<Mutable<S>, D>;
export function tensor(data: NestedArray | TypedArray, options: TensorOptions = {}): Tensor {
  checkOptions("tensor", options, ["shape", "dtype"]);
  if (options.dtype !== undefined) checkDType("tensor", options.dtype);
  if (ArrayBuffer.isView(data))
    return fromFlat(data, options.dtype ?? dtypeOf("tensor", data), options.shape ?? [data.length]);
  const nesting = nestedShape(data);
  const flat: (number | boolean)[] = [];
  flatten(data, nesting, 0, flat);
  const dtype =
    options.dtype ?? (flat.length > 0 && flat.every((x) => typeof x === "boolean") ? "bool" : "float32");
  return fromFlat(flat, dtype, options.shape ?? nesting);
}

/** The dtype that `tensor` gives a typed array. */
export type DTypeOfArray<A> = A extends Float32Array
  ? "float32"
  : A extends Float64Array
    ? "float64"
    : A extends Int32Array
      ? "int32"
      : "uint8";
/** The dtype that `tensor` gives nested arrays: bool for booleans only, float32 for numbers. */
export type DTypeOfNested<A> = [ArrayElement<A>] extends [never]
  ? "float32"
  : [ArrayElement<A>] extends [boolean]
    ? "bool"
    : "float32";
/** The dtype that `tensor` gives its data. */
export type DTypeOfData<A> = A extends TypedArray ? DTypeOfArray<A> : DTypeOfNested<A>;

/**
 * A tensor that looks into `array` without copying it: writes through either are seen by both.
 *
 * @throws {ShapeMismatchError} if `shape` does not hold exactly `array.length` elements.
 */
export function fromTypedArray<A extends TypedArray, const S extends Shape = [number]>(
  array: A,
  shape?: S,
): Tensor<Mutable<S>, DTypeOfArray<A>>;
export function fromTypedArray(array: TypedArray, shape: Shape = [array.length]): Tensor {
  checkLength("fromTypedArray", array.length, shape);
  return fromStorage(currentBackend().constant(array, dtypeOf("fromTypedArray", array)), shape);
}

/** A tensor of `shape` filled with zeros. @throws {ShapeMismatchError} if `shape` is no shape. */
export function zeros<const S extends Shape, D extends DType = "float32">(
  shape: S,
  options?: CreateOptions<D>,
): Tensor<Mutable<S>, D> {
  return filled("zeros", shape, 0, options);
}

/** A tensor of `shape` filled with ones. @throws {ShapeMismatchError} if `shape` is no shape. */
export function ones<const S extends Shape, D extends DType = "float32">(
  shape: S,
  options?: CreateOptions<D>,
): Tensor<Mutable<S>, D> {
  return filled("ones", shape, 1, options);
}

/**
 * A tensor of `shape` filled with `value`.
 *
 * @throws {ShapeMismatchError} if `shape` is no shape.
 * @throws {DTypeError} if the dtype cannot hold `value`.
 */
export function full<const S extends Shape, D extends DType = "float32">(
  shape: S,
  value: number,
  options?: CreateOptions<D>,
): Tensor<Mutable<S>, D> {
  return filled("full", shape, value, options);
}

/**
 * `[start, start + step, …]` up to but without `stop`; `arange(stop)` counts from 0. Length ⌈(stop − start) / step⌉.
 *
 * @throws {ArgumentError} if step is 0 or a bound is not finite.
 * @throws {DTypeError} if the dtype cannot hold a number of the sequence.
 */
export function arange<D extends DType = "float32">(
  start: number,
  stop?: number,
  step = 1,
  options: CreateOptions<D> = {},
): Tensor<[number], D> {
  const dtype = createDType("arange", options);
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw new ArgumentError(
      "arange",
      "step",
      `cannot count from ${from} to ${to} in steps of ${step}.`,
      "Give finite bounds and a step other than 0.",
    );
  }
  const length = Math.max(0, Math.ceil((to - from) / step));
  // Whole numbers at both ends and one step apart are whole in between.
  const ends = [from, from + step, from + step * (length - 1)];
  checkElements("arange", dtype, length < 2 ? ends.slice(0, length) : ends);
  return fromStorage(storageOf<D>(currentBackend().range(length, dtype, from, step)), [length]);
}

/**
 * `count` numbers evenly spaced from `start` to `stop`, both included.
 *
 * @throws {ArgumentError} if count is not a whole number of at least 0, or a bound is not finite.
 * @throws {DTypeError} if the dtype is not floating-point.
 */
export function linspace<D extends FloatDType = "float32">(
  start: number,
  stop: number,
  count: number,
  options: CreateOptions<D> = {},
): Tensor<[number], D> {
  const dtype = createDType("linspace", options);
  if (!Number.isSafeInteger(count) || count < 0 || !Number.isFinite(start) || !Number.isFinite(stop)) {
    throw new ArgumentError(
      "linspace",
      "count",
      `cannot put ${count} numbers between ${start} and ${stop}.`,
      "Give finite bounds and a whole count of at least 0.",
    );
  }
  if (!isFloat(dtype)) {
    throw new DTypeError(
      "linspace",
      `dtype is ${dtype}.`,
      "Give float32 or float64; arange counts in whole steps.",
      dtype,
    );
  }
  const array = allocate(dtype, count);
  for (let i = 0; i < count; i++) array[i] = start + (i * (stop - start)) / Math.max(count - 1, 1);
  if (count > 1) array[count - 1] = stop;
  return fromStorage(storageOf<D>(currentBackend().constant(array, dtype)), [count]);
}

/** The identity matrix of `rows` × `columns` (square without `columns`). */
export function eye<D extends DType = "float32">(
  rows: number,
  columns: number = rows,
  options: CreateOptions<D> = {},
): Tensor<[number, number], D> {
  const dtype = createDType("eye", options);
  checkShape("eye", [rows, columns]);
  const diagonal = Math.min(rows, columns);
  const source = fromStorage(currentBackend().full(diagonal, dtype, 1), [diagonal]);
  const pieces = [{ source, strides: [columns + 1], offset: 0 }];
  return fromStorage(storageOf<D>(currentBackend().place(rows * columns, dtype, 0, pieces)), [rows, columns]);
}

/**
 * `out[…, c] = 1` where `labels[…] = c`, else 0. A label outside 0 … classes−1 gives a row of zeros.
 *
 * @param labels int32 or uint8 of any shape `[…]`.
 * @returns `[…, classes]` of the given dtype (float32).
 * @throws {DTypeError} if labels are not integers.
 */
export function oneHot<D extends DType = "float32">(
  labels: Tensor,
  classes: number,
  options: CreateOptions<D> = {},
): Tensor<Shape, D> {
  const dtype = createDType("oneHot", options);
  checkShape("oneHot", [classes]);
  if (labels.dtype !== "int32" && labels.dtype !== "uint8") {
    const remedy = 'Give class numbers as int32 or uint8, for example with cast("int32").';
    throw new DTypeError("oneHot", `labels are ${labels.dtype}.`, remedy, labels.dtype);
  }
  const numbers = arange(0, classes, 1, { dtype: "int32" });
  return labels.unsqueeze(-1).equal(numbers).cast(dtype);
}

function filled<S extends Shape, D extends DType>(
  op: string,
  shape: S,
  value: number,
  options: CreateOptions<D> = {},
): Tensor<Mutable<S>, D> {
  const dtype = createDType(op, options);
  checkShape(op, shape);
  checkElements(op, dtype, [value]);
  return fromStorage<Mutable<S>, D>(storageOf<D>(currentBackend().full(sizeOf(shape), dtype, value)), [
    ...shape,
  ] as Mutable<S>);
}

function createDType<D extends DType>(op: string, options: CreateOptions<D>): D {
  checkOptions(op, options, ["dtype"]);
  const dtype = options.dtype ?? ("float32" as D);
  checkDType(op, dtype);
  return dtype;
}

/** The storage a backend answered with, seen with the dtype that was asked for. */
function storageOf<D extends DType>(storage: Storage): Storage<D> {
  return storage as Storage<D>;
}

function fromFlat(flat: ArrayLike<number | boolean>, dtype: DType, shape: Shape): Tensor {
  checkLength("tensor", flat.length, shape);
  const array = allocate(dtype, flat.length);
  const strict = dtype === "int32" || dtype === "uint8";
  for (let i = 0; i < flat.length; i++) {
    const value = Number(flat[i]);
    if (strict && !canHold(dtype, value)) checkElements("tensor", dtype, [value]);
    array[i] = dtype === "bool" ? Number(value !== 0) : value;
  }
  return fromStorage(currentBackend().constant(array, dtype), [...shape]);
}

function checkElements(op: string, dtype: DType, values: readonly number[]): void {
  const misfit = values.find((value) => !canHold(dtype, value));
  if (misfit === undefined) return;
  const remedy = "Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).";
  throw new DTypeError(op, `${dtype} cannot hold the number ${misfit}.`, remedy, dtype);
}

function checkLength(op: string, length: number, shape: Shape): void {
  checkShape(op, shape);
  if (sizeOf(shape) === length) return;
  throw new ShapeMismatchError(
    op,
    `shape ${formatShape(shape)} holds ${sizeOf(shape)} elements, data has ${length}.`,
    "Give a shape whose axes multiply to the number of elements.",
    [shape],
  );
}

/** The shape of the nesting, read along the first elements. */
function nestedShape(data: NestedArray): number[] {
  const shape: number[] = [];
  let level: NestedArray | undefined = data;
  while (Array.isArray(level)) {
    shape.push(level.length);
    level = level[0];
  }
  return shape;
}

function flatten(
  data: NestedArray,
  shape: readonly number[],
  depth: number,
  out: (number | boolean)[],
): void {
  const isLeaf = typeof data === "number" || typeof data === "boolean";
  if (isLeaf && depth === shape.length) {
    out.push(data);
    return;
  }
  if (isLeaf || !Array.isArray(data) || data.length !== shape[depth]) {
    const found = isLeaf ? "a number" : Array.isArray(data) ? `${data.length} elements` : `${typeof data}`;
    throw new ShapeMismatchError(
      "tensor",
      `data is ragged: expected ${depth < shape.length ? `${shape[depth]} elements` : "a number"} at depth ${depth}, found ${found}.`,
      "All arrays at one depth must have one length, and hold numbers or booleans at the innermost.",
      [shape],
    );
  }
  for (const part of data) flatten(part, shape, depth + 1, out);
}
