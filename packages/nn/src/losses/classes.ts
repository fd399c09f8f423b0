/**
 * What the losses over classes share: an input `[n, classes, …]` or `[classes]` against labels `[n, …]` or `[]`.
 *
 * No value is read, so that a backend that records sees nothing but tensor operations: an ignored label is replaced by
 * 0 before the look-up, and what was looked up for it by 0 after it.
 */
import {
  div,
  gather,
  reshape,
  sub,
  sum,
  tensorOf,
  type Value,
  type Variable,
  where,
} from "@adjoint/autograd";
import {
  ArgumentError,
  DTypeError,
  type FloatDType,
  formatShape,
  IndexError,
  isFloat,
  ShapeMismatchError,
  sameShape,
  where as select,
  type Tensor,
} from "@adjoint/tensor";
import { asLoss, type LossShape, type Reduction } from "./reduction.ts";

/** Settings that all losses over classes have. */
export interface ClassLossOptions<R extends Reduction = Reduction> {
  /** `[classes]`: how much each class counts. Default: all 1. */
  readonly weight?: Tensor;
  /** The label of what does not count. Default −100. */
  readonly ignoreIndex?: number;
  /** One loss a label, their mean (default; divided by the weight of what counts) or their sum. */
  readonly reduction?: R;
}

/** An input of one of the losses, and where its classes lie. */
export interface ClassLayout {
  /** Who asks, for messages. */
  readonly op: string;
  readonly shape: readonly number[];
  readonly dtype: FloatDType;
  /** 1, or 0 for a 1-d input. */
  readonly axis: number;
  /** The number of classes. */
  readonly classes: number;
  /** The input's shape without the classes. */
  readonly labelShape: readonly number[];
}

/** Labels ready to be looked up, with 1 in the place of the classes: `[n, 1, …]`. */
export interface Labels {
  /** 0 where ignored. */
  readonly index: Tensor;
  /** False where ignored; null if no label can be. */
  readonly counts: Tensor | null;
}

/** The layout of `input`. @throws {ShapeMismatchError} if it is 0-d. @throws {DTypeError} unless floating-point. */
export function layoutOf(op: string, { shape, dtype }: Value): ClassLayout {
  const axis = shape.length === 1 ? 0 : 1;
  const classes = shape[axis];
  if (classes === undefined) {
    const remedy = "Give [classes], [n, classes] or [n, classes, …].";
    throw new ShapeMismatchError(op, "input is [] and has no axis of classes.", remedy, [shape]);
  }
  if (!isFloat(dtype)) {
    const remedy = 'Use cast("float32").';
    throw new DTypeError(op, `input is ${dtype}, not floating-point.`, remedy, dtype);
  }
  return { op, shape, dtype, axis, classes, labelShape: shape.filter((_, i) => i !== axis) };
}

/**
 * The labels of `target`.
 *
 * @throws {DTypeError} if target is neither int32 nor uint8.
 * @throws {ShapeMismatchError} if it does not hold one label for each row of classes.
 */
export function labelsOf(
  { op, shape, axis, labelShape }: ClassLayout,
  target: Value,
  ignore: number,
): Labels {
  const integer = target.dtype === "int32" || target.dtype === "uint8";
  if (!integer || !sameShape(target.shape, labelShape)) {
    const what = `target is ${target.dtype} ${formatShape(target.shape)}, input is ${formatShape(shape)}.`;
    const remedy = `Give labels as int32 or uint8 of shape ${formatShape(labelShape)}.`;
    if (!integer) throw new DTypeError(op, what, remedy, target.dtype);
    throw new ShapeMismatchError(op, what, remedy, [shape, target.shape]);
  }
  // Cast once, not at each look-up.
  const labels: Tensor = tensorOf(target).cast("int32").unsqueeze(axis);
  if (target.dtype === "uint8" && (ignore & 255) !== ignore) return { index: labels, counts: null };
  const counts: Tensor = labels.notEqual(ignore);
  return { index: select(counts, labels, 0), counts };
}

/**
 * Log-probabilities at the labels.
 *
 * @throws {IndexError} if a label is outside the classes, with its position. Found by the look-up itself.
 */
export function pick(layout: ClassLayout, logProbabilities: Value, labels: Labels): Value {
  try {
    return gather(logProbabilities, labels.index, layout.axis);
  } catch (error) {
    throw error instanceof IndexError ? labelError(layout, labels, error) : error;
  }
}

/** The backend that refused an index computes, so that the labels are there to be read. */
function labelError(layout: ClassLayout, { index, counts }: Labels, error: IndexError): IndexError {
  const { op, shape, classes, labelShape } = layout;
  const flat = index.toTypedArray().findIndex((label) => label < 0 || label >= classes);
  const position = labelShape.length > 1 ? formatShape(coordinates(flat, labelShape)) : flat;
  return new IndexError(
    op,
    `target holds label ${error.index} at position ${position}, and there are ${classes} classes: input is ${formatShape(shape)}, target is ${formatShape(labelShape)}.`,
    `Labels count from 0 to ${classes - 1}${counts === null ? "" : "; ignoreIndex is the label of what does not count"}.`,
    error.index,
    error.size,
  );
}

/** The index of the element at `position` in row-major order. */
function coordinates(position: number, shape: readonly number[]): number[] {
  let rest = position;
  return shape
    .toReversed()
    .map((size) => {
      const at = rest % size;
      rest = (rest - at) / size;
      return at;
    })
    .reverse();
}

/** The weight in the input's dtype; null if there is none. @throws {ShapeMismatchError} unless it is `[classes]`. */
export function classWeight(layout: ClassLayout, weight: Tensor | undefined): Tensor | null {
  const { op, shape, dtype, classes } = layout;
  if (weight === undefined) return null;
  if (!sameShape(weight.shape, [classes])) {
    const what = `weight is ${formatShape(weight.shape)}, and there are ${classes} classes: input is ${formatShape(shape)}.`;
    throw new ShapeMismatchError(op, what, `Give a weight of shape [${classes}].`, [weight.shape, shape]);
  }
  return weight.cast(dtype);
}

/** The weight of each label's class, 0 where ignored; null without a weight. */
export function weightsAt(weight: Tensor | null, { index, counts }: Labels): Tensor | null {
  if (weight === null) return null;
  const weights: Tensor = weight.indexSelect(index.reshape([-1])).reshape(index.shape);
  return counts === null ? weights : select(counts, weights, 0);
}

/**
 * The loss of log-likelihoods `[n, 1, …]`, the negative losses of the labels.
 *
 * @param counts false where ignored.
 * @param weights by how much each is divided in the mean; null for 1 (0 where ignored).
 */
export function lossOf<R extends Reduction>(
  { dtype, labelShape }: ClassLayout,
  likelihoods: Value,
  counts: Tensor | null,
  weights: Tensor | null,
  reduction: R,
): Variable<LossShape<R>> {
  const counted: Value = counts === null ? likelihoods : where(counts, likelihoods, 0);
  if (reduction === "none") return asLoss(reshape(sub(0, counted), labelShape), reduction);
  const total: Value = sum(counted);
  // 0 − x rather than −x: a loss of nothing is 0, not −0.
  if (reduction === "sum") return asLoss(sub(0, total), reduction);
  const size = labelShape.reduce((product, axis) => product * axis, 1);
  const divisor: Tensor | undefined = weights?.sum() ?? counts?.cast(dtype).sum();
  return asLoss(div(total, divisor?.neg() ?? -size), reduction);
}

/** Refuses an ignoreIndex that no label can be. @throws {ArgumentError} if it is no whole number. */
export function checkIgnoreIndex(op: string, ignoreIndex: number): void {
  if (Number.isInteger(ignoreIndex)) return;
  const what = `ignoreIndex is ${ignoreIndex}.`;
  throw new ArgumentError(op, "ignoreIndex", what, "Give the whole number that marks what does not count.");
}
