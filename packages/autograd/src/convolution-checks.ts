/** What a convolution refuses: the shapes and dtypes of x, weight and bias. */
import { ArgumentError, DTypeError, formatShape, isFloat, ShapeMismatchError } from "@adjoint/tensor";
import type { Geometry } from "./convolution.ts";
import type { Value } from "./variable.ts";

const layouts = ["", "[batch, channels, length]", "[batch, channels, height, width]"];

/**
 * Refuses operands that do not meet. `inputAxis` is the axis of weight along which x's channels lie: 1, or 0 where the
 * convolution is transposed.
 *
 * @throws {ShapeMismatchError} if a rank is wrong, the kernel is empty, or channels, groups and weight do not fit.
 * @throws {DTypeError} if the dtypes differ or are not floating-point.
 */
export function checkOperands(
  op: string,
  axes: number,
  x: Value,
  weight: Value,
  groups: number,
  inputAxis: 0 | 1,
): void {
  checkImages(op, axes, x);
  const shapes = [x.shape, weight.shape];
  if (weight.rank !== axes + 2 || weight.shape.slice(2).includes(0)) {
    const layout = inputAxis === 1 ? "[out, in / groups, …]" : "[in, out / groups, …]";
    const remedy = `Give ${layout} with ${axes} kernel sizes of at least 1.`;
    throw new ShapeMismatchError(op, `weight is ${formatShape(weight.shape)}.`, remedy, shapes);
  }
  if (x.dtype !== weight.dtype) {
    const remedy = `Cast one of them, for example with cast("${x.dtype}").`;
    throw new DTypeError(op, `x is ${x.dtype}, weight is ${weight.dtype}.`, remedy, weight.dtype);
  }
  if (!Number.isSafeInteger(groups) || groups < 1) {
    throw new ArgumentError(op, "groups", `groups is ${groups}.`, "Give a whole number of at least 1.");
  }
  const [channels = 0, first = 0, second = 0] = [x.shape[1], weight.shape[0], weight.shape[1]];
  const meets = inputAxis === 1 ? channels === second * groups : channels === first;
  const what = `x is ${formatShape(x.shape)} (axis 1 = ${channels}), weight is ${formatShape(weight.shape)} (axis ${inputAxis} = ${weight.shape[inputAxis]}), groups is ${groups}`;
  if (!meets) {
    const remedy =
      inputAxis === 1
        ? "weight's axis 1 must be x's channels divided by groups."
        : "weight's axis 0 must be x's channels.";
    throw new ShapeMismatchError(op, `channels differ: ${what}.`, remedy, shapes);
  }
  if (first % groups !== 0) {
    const remedy = "groups must divide weight's axis 0.";
    throw new ShapeMismatchError(
      op,
      `weight is ${formatShape(weight.shape)}, groups is ${groups}.`,
      remedy,
      shapes,
    );
  }
}

/** @throws {ShapeMismatchError} if x is no batch of images; @throws {DTypeError} if it is not floating-point. */
export function checkImages(op: string, axes: number, x: Value): void {
  if (x.rank !== axes + 2) {
    const remedy = `Give ${layouts[axes]}; unsqueeze(x, 0) makes a batch of one.`;
    throw new ShapeMismatchError(op, `x is ${formatShape(x.shape)}.`, remedy, [x.shape]);
  }
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `x is ${x.dtype}.`, 'It takes float32 or float64; use cast("float32").', x.dtype);
}

/** @throws {ShapeMismatchError} if bias is not `[out]`; @throws {DTypeError} if its dtype is not that of the result y. */
export function checkBias(op: string, bias: Value, y: Value): void {
  const features = y.shape[1] ?? 0;
  if (bias.rank !== 1 || bias.size !== features) {
    const remedy = `Give one number for each output channel: [${features}].`;
    throw new ShapeMismatchError(op, `bias is ${formatShape(bias.shape)}.`, remedy, [bias.shape]);
  }
  if (bias.dtype === y.dtype) return;
  const remedy = `Cast it, for example with cast("${y.dtype}").`;
  throw new DTypeError(op, `x is ${y.dtype}, bias is ${bias.dtype}.`, remedy, bias.dtype);
}

/** @throws {ArgumentError} if the result of a transposed convolution is to grow by more than strides or dilations explain. */
export function checkOutputPadding(
  op: string,
  more: readonly number[],
  { stride, dilation }: Geometry,
): void {
  const axis = more.findIndex((n, i) => n >= Math.max(stride[i] as number, dilation[i] as number));
  if (axis < 0) return;
  throw new ArgumentError(
    op,
    "outputPadding",
    `outputPadding is ${more[axis]}, stride is ${stride[axis]} and dilation is ${dilation[axis]}.`,
    "It must be smaller than one of them: no input gives such a size otherwise.",
  );
}

/** @throws {ShapeMismatchError} if an axis of the result of a transposed convolution would be empty or negative. */
export function checkSizes(op: string, x: Value, weight: Value, sizes: readonly number[]): void {
  if (sizes.every((size) => size > 0)) return;
  throw new ShapeMismatchError(
    op,
    `the result of x ${formatShape(x.shape)} and weight ${formatShape(weight.shape)} would have sizes ${formatShape(sizes)}.`,
    "Take less padding, or a larger kernel.",
    [x.shape, weight.shape],
  );
}
