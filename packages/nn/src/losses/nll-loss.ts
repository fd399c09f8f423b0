import { mul, type Value, type Variable } from "@adjoint/autograd";
import { checkOptions } from "@adjoint/tensor";
import {
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

/**
 * The negative log-likelihood of labels, in nats:
 *
 *     lᵢ = −w[tᵢ] · input[i, tᵢ]        mean = Σ lᵢ / Σ w[tᵢ] over all i with tᵢ ≠ ignoreIndex
 *
 * The mean over nothing is NaN, the sum 0; an ignored label's loss and gradient are 0.
 *
 * @param input log-probabilities (as logSoftmax gives them), `[n, classes]`, `[n, classes, d1, …]` or `[classes]`.
 * @param target labels from 0 to classes − 1, int32 or uint8: `[n]`, `[n, d1, …]` or `[]`.
 * @returns `[]`, or target's shape for reduction none.
 * @throws {IndexError} if a label is outside the classes, naming it, its position and the number of classes.
 * @throws {ShapeMismatchError} if target or weight do not fit the input.
 * @throws {DTypeError} if the input is not floating-point or the target not int32 or uint8.
 * @throws {ArgumentError} on an option that is unknown or outside its range.
 * @example nllLoss(tensor([[-1, -2]]), tensor([1], { dtype: "int32" }))   // 2
 */
export function nllLoss<R extends Reduction = "mean">(
  input: Value,
  target: Value,
  options: ClassLossOptions<R> = {},
): Variable<LossShape<R>> {
  const { reduction, ignoreIndex } = checkNLLOptions("nllLoss", options);
  const layout = layoutOf("nllLoss", input);
  const weight = classWeight(layout, options.weight);
  const labels = labelsOf(layout, target, ignoreIndex);
  const picked = pick(layout, input, labels);
  const weights = weightsAt(weight, labels);
  return lossOf(layout, weights === null ? picked : mul(picked, weights), labels.counts, weights, reduction);
}

/**
 * The negative log-likelihood with its settings kept; see `nllLoss`.
 *
 * @example new NLLLoss({ reduction: "none" }).forward(tensor([[-1, -2]]), tensor([1], { dtype: "int32" }))   // [2]
 */
export class NLLLoss<R extends Reduction = "mean"> {
  readonly options: ClassLossOptions<R>;

  /** @throws {ArgumentError} on an option that is unknown or outside its range. */
  constructor(options: ClassLossOptions<R> = {}) {
    checkNLLOptions("NLLLoss", options);
    this.options = { ...options };
  }

  /** The loss, as `nllLoss` gives it. */
  forward(input: Value, target: Value): Variable<LossShape<R>> {
    return nllLoss(input, target, this.options);
  }
}

function checkNLLOptions<R extends Reduction>(
  op: string,
  options: ClassLossOptions<R>,
): { reduction: R; ignoreIndex: number } {
  checkOptions(op, options, ["weight", "ignoreIndex", "reduction"]);
  const { reduction = "mean" as R, ignoreIndex = -100 } = options;
  checkReduction(op, reduction);
  checkIgnoreIndex(op, ignoreIndex);
  return { reduction, ignoreIndex };
}
