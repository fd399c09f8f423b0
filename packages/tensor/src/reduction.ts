/** Reductions: axes, dtypes and the empty cases, in front of the backend's loops. */
import { currentBackend, type ReduceOp } from "./backend.ts";
import { type DType, isFloat } from "./dtype.ts";
import { checkOptions, DTypeError, ShapeMismatchError } from "./errors.ts";
import { castTo } from "./movement.ts";
import { contiguousStrides, formatShape, normalizeAxes, reducedShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** The axes a reduction removes: one, several, or (undefined) all. */
export type Axes = number | readonly number[] | undefined;

/** Settings of a reduction. */
export interface ReduceOptions {
  /** Keep reduced axes as size 1. Default false. */
  readonly keepDims?: boolean;
}

/** The keepDims of a reduction's options. @throws {ArgumentError} if there are other options. */
export function keepsDims(op: ReduceOp | "mean", options: ReduceOptions): boolean {
  checkOptions(op, options, ["keepDims"]);
  return options.keepDims ?? false;
}

/** Sum or product over axes; integers and bools add up in int32. An empty sum is 0, an empty product 1. */
export function total(op: "sum" | "prod", x: Tensor, axes: Axes, keepDims: boolean): Tensor {
  return reduce(op, castTo(x, accumulator(x.dtype)), normalizeAxes(op, axes, x.rank), keepDims);
}

/** Arithmetic mean over axes; of nothing it is NaN. */
export function mean(x: Tensor, axes: Axes, keepDims: boolean): Tensor {
  if (!isFloat(x.dtype)) {
    throw new DTypeError(
      "mean",
      `x is ${x.dtype}.`,
      'A mean takes float32 or float64; use cast("float32").',
      x.dtype,
    );
  }
  const counted = normalizeAxes("mean", axes, x.rank);
  const sum = reduce("sum", x, counted, keepDims);
  return sum.div(counted.reduce((count, axis) => count * (x.shape[axis] as number), 1));
}

/** Maximum or minimum over axes; NaN goes through. */
export function extremum(op: "max" | "min", x: Tensor, axes: Axes, keepDims: boolean): Tensor {
  const counted = normalizeAxes(op, axes, x.rank);
  checkNotEmpty(op, x, counted);
  return reduce(op, x, counted, keepDims);
}

/** Position of the first maximum or minimum along one axis (int32), or in the flattened tensor without an axis. */
export function argExtremum(
  op: "argmax" | "argmin",
  x: Tensor,
  axis: number | undefined,
  keepDims: boolean,
): Tensor {
  if (axis === undefined) {
    checkNotEmpty(op, x, normalizeAxes(op, axis, x.rank));
    const flat = argExtremum(op, x.reshape([-1]), 0, false);
    return keepDims ? flat.reshape(x.shape.map(() => 1)) : flat;
  }
  const counted = normalizeAxes(op, axis, x.rank);
  checkNotEmpty(op, x, counted);
  return counted.length === 0 ? argExtremum(op, x.reshape([1]), 0, false) : reduce(op, x, counted, keepDims);
}

function accumulator(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "int32";
}

function checkNotEmpty(op: ReduceOp, x: Tensor, axes: readonly number[]): void {
  const empty = axes.find((axis) => x.shape[axis] === 0);
  if (empty === undefined) return;
  throw new ShapeMismatchError(
    op,
    `x is ${formatShape(x.shape)}: axis ${empty} is empty and has no ${op}.`,
    "Reduce an axis that holds at least one element.",
    [x.shape],
  );
}

function reduce(op: ReduceOp, x: Tensor, axes: readonly number[], keepDims: boolean): Tensor {
  const shape = reducedShape(x.shape, axes, keepDims);
  return new Tensor(currentBackend().reduce(op, x, axes), shape, contiguousStrides(shape), 0);
}
