import { mul, sub, type Value, type Variable } from "@adjoint/autograd";
import { checkOptions } from "@adjoint/tensor";
import { checkReduction, checkTarget, type LossShape, type Reduction, reduced } from "./reduction.ts";

/** Settings of the mean squared error. */
export interface MSELossOptions<R extends Reduction = Reduction> {
  /** One loss an element, their mean (default) or their sum. */
  readonly reduction?: R;
}

/**
 * l = (input − target)², element by element, reduced. The mean of nothing is NaN.
 *
 * Shapes must be equal. PyTorch broadcasts here with a warning: `[n, 1]` against `[n]` would be n² differences, and
 * that is never meant.
 *
 * @param input any shape `[…]`, floating-point.
 * @param target input's shape. Gradients go to both.
 * @returns `[]`, or input's shape for reduction none.
 * @throws {ShapeMismatchError} if the shapes differ.
 * @throws {ArgumentError} on an unknown option or reduction.
 * @example mseLoss(variable([1, 2]), tensor([1, 4]))   // 2
 */
export function mseLoss<R extends Reduction = "mean">(
  input: Value,
  target: Value,
  options: MSELossOptions<R> = {},
): Variable<LossShape<R>> {
  const reduction = checkMSEOptions("mseLoss", options);
  checkTarget("mseLoss", input, target);
  const difference: Value = sub(input, target);
  return reduced(mul(difference, difference), reduction);
}

/**
 * The mean squared error with its settings kept; see `mseLoss`.
 *
 * @example new MSELoss({ reduction: "sum" }).forward(tensor([1, 2]), tensor([1, 4]))   // 4
 */
export class MSELoss<R extends Reduction = "mean"> {
  readonly options: MSELossOptions<R>;

  /** @throws {ArgumentError} on an unknown option or reduction. */
  constructor(options: MSELossOptions<R> = {}) {
    checkMSEOptions("MSELoss", options);
    this.options = { ...options };
  }

  /** The loss, as `mseLoss` gives it. */
  forward(input: Value, target: Value): Variable<LossShape<R>> {
    return mseLoss(input, target, this.options);
  }
}

function checkMSEOptions<R extends Reduction>(op: string, options: MSELossOptions<R>): R {
  checkOptions(op, options, ["reduction"]);
  const reduction = options.reduction ?? ("mean" as R);
  checkReduction(op, reduction);
  return reduction;
}
