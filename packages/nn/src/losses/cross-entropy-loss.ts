import { add, logSoftmax, mul, sum, tensorOf, type Value, type Variable, where } from "@adjoint/autograd";
import {
  ArgumentError,
  checkOptions,
  formatShape,
  isFloat,
  ShapeMismatchError,
  sameShape,
  type Tensor,
} from "@adjoint/tensor";
import {
  type ClassLayout,
  type ClassLossOptions,
  checkIgnoreIndex,
  classWeight,
  labelsOf,
  layoutOf,
  lossOf,
  pick,
  weightsAt,
} from "./classes.ts";
import { checkReduction, type LossShape, type Reduction } from "./reduction.ts";

/** Settings of the cross-entropy. */
export interface CrossEntropyLossOptions<R extends Reduction = Reduction> extends ClassLossOptions<R> {
  /** ε, 0 to 1: the target is mixed with the uniform distribution, (1 − ε)·target + ε / classes. Default 0. */
  readonly labelSmoothing?: number;
}

/** The settings with their defaults. */
interface Settings<R extends Reduction> {
  readonly reduction: R;
  readonly ignoreIndex: number;
  readonly labelSmoothing: number;
}

/**
 * The cross-entropy of softmax(logits) against labels or probabilities, in nats. With ℓ = logSoftmax(logits):
 *
 *     labels:         lᵢ = −w[tᵢ] · ℓ[i, tᵢ]         mean = Σ lᵢ / Σ w[tᵢ] over all i with tᵢ ≠ ignoreIndex
 *     probabilities:  lᵢ = −Σ_c w[c] · p[i, c] · ℓ[i, c]        mean = Σ lᵢ / n
 *
 * The gradient of the plain mean is (softmax(logits) − target) / n. Loss and gradient are finite for logits of any
 * size, and for logits of −∞ whose class is not the target: there 0 · ∞ counts as 0 (PyTorch has NaN for
 * probabilities). The mean over nothing is NaN, the sum 0; an ignored label's loss and gradient are 0.
 *
 * @param logits `[n, classes]`, `[n, classes, d1, …]` or `[classes]`, floating-point, not normalised.
 * @param target labels from 0 to classes − 1, int32 or uint8: `[n]`, `[n, d1, …]` or `[]`; or probabilities,
 * floating-point, of the logits' shape. Gradients go to probabilities too.
 * @returns `[]`, or the shape of the labels for reduction none.
 * @throws {IndexError} if a label is outside the classes, naming it, its position and the number of classes.
 * @throws {ShapeMismatchError} if target or weight do not fit the logits.
 * @throws {DTypeError} if the logits are not floating-point or the target is bool.
 * @throws {ArgumentError} on an option that is unknown or outside its range.
 * @example crossEntropy(variable([[0, 0]]), tensor([1], { dtype: "int32" }))   // 0.6931472
 */
export function crossEntropy<R extends Reduction = "mean">(
  logits: Value,
  target: Value,
  options: CrossEntropyLossOptions<R> = {},
): Variable<LossShape<R>> {
  const settings = checkCrossEntropyOptions("crossEntropy", options);
  const layout = layoutOf("crossEntropy", logits);
  const weight = classWeight(layout, options.weight);
  const ofTarget = isFloat(target.dtype) ? ofProbabilities : ofLabels;
  return ofTarget(layout, logits, target, weight, settings);
}

/**
 * The cross-entropy with its settings kept; see `crossEntropy`.
 *
 * @example new CrossEntropyLoss().forward(tensor([[1000, 0]]), tensor([1], { dtype: "int32" }))   // 1000
 */
export class CrossEntropyLoss<R extends Reduction = "mean"> {
  readonly options: CrossEntropyLossOptions<R>;

  /** @throws {ArgumentError} on an option that is unknown or outside its range. */
  constructor(options: CrossEntropyLossOptions<R> = {}) {
    checkCrossEntropyOptions("CrossEntropyLoss", options);
    this.options = { ...options };
  }

  /** The loss, as `crossEntropy` gives it. */
  forward(logits: Value, target: Value): Variable<LossShape<R>> {
    return crossEntropy(logits, target, this.options);
  }
}

function ofLabels<R extends Reduction>(
  layout: ClassLayout,
  logits: Value,
  target: Value,
  weight: Tensor | null,
  { reduction, ignoreIndex, labelSmoothing }: Settings<R>,
): Variable<LossShape<R>> {
  const labels = labelsOf(layout, target, ignoreIndex);
  const logProbabilities: Value = logSoftmax(logits, layout.axis);
  const picked = pick(layout, logProbabilities, labels);
  const weights = weightsAt(weight, labels);
  let likelihoods: Value = weights === null ? picked : mul(picked, weights);
  if (labelSmoothing > 0) {
    const spread: Value = sum(weighted(layout, logProbabilities, weight), layout.axis, { keepDims: true });
    likelihoods = add(mul(likelihoods, 1 - labelSmoothing), mul(spread, labelSmoothing / layout.classes));
  }
  return lossOf(layout, likelihoods, labels.counts, weights, reduction);
}

function ofProbabilities<R extends Reduction>(
  layout: ClassLayout,
  logits: Value,
  target: Value,
  weight: Tensor | null,
  { reduction, ignoreIndex, labelSmoothing }: Settings<R>,
): Variable<LossShape<R>> {
  const { op, shape, axis, classes, labelShape } = layout;
  if (!sameShape(target.shape, shape)) {
    const what = `target is ${target.dtype} ${formatShape(target.shape)}, input is ${formatShape(shape)}.`;
    const remedy = `Give probabilities of the input's shape, or labels as int32 or uint8 of shape ${formatShape(labelShape)}.`;
    throw new ShapeMismatchError(op, what, remedy, [shape, target.shape]);
  }
  if (ignoreIndex >= 0) {
    const what = `ignoreIndex is ${ignoreIndex}, and the target holds probabilities.`;
    throw new ArgumentError(
      op,
      "ignoreIndex",
      what,
      "Only labels can be ignored; give rows of zeros instead.",
    );
  }
  const smooth: Value =
    labelSmoothing === 0 ? target : add(mul(target, 1 - labelSmoothing), labelSmoothing / classes);
  const logProbabilities: Value = logSoftmax(logits, axis);
  const impossible: Tensor = tensorOf(logProbabilities).equal(Number.NEGATIVE_INFINITY);
  const finite: Value = where(impossible.and(tensorOf(smooth).equal(0)), 0, logProbabilities);
  const terms = mul(weighted(layout, finite, weight), smooth);
  return lossOf(layout, sum(terms, axis, { keepDims: true }), null, null, reduction);
}

/** Each class's log-probability times its weight. */
function weighted(
  { axis, shape, classes }: ClassLayout,
  logProbabilities: Value,
  weight: Tensor | null,
): Value {
  if (weight === null) return logProbabilities;
  const trailing = shape.slice(axis + 1).map(() => 1);
  return mul(logProbabilities, weight.reshape([classes, ...trailing]));
}

function checkCrossEntropyOptions<R extends Reduction>(
  op: string,
  options: CrossEntropyLossOptions<R>,
): Settings<R> {
  checkOptions(op, options, ["weight", "ignoreIndex", "labelSmoothing", "reduction"]);
  const { reduction = "mean" as R, ignoreIndex = -100, labelSmoothing = 0 } = options;
  checkReduction(op, reduction);
  checkIgnoreIndex(op, ignoreIndex);
  if (labelSmoothing >= 0 && labelSmoothing <= 1) return { reduction, ignoreIndex, labelSmoothing };
  const what = `labelSmoothing is ${labelSmoothing}.`;
  throw new ArgumentError(op, "labelSmoothing", what, "Give a number from 0 to 1; 0.1 is usual.");
}
