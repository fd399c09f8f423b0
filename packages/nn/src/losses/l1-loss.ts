import { abs, sub, type Value, type Variable } from "@adjoint/autograd";
import { checkOptions } from "@adjoint/tensor";
import { checkReduction, checkTarget, type LossShape, type Reduction, reduced } from "./reduction.ts";

/** Settings of the mean absolute error. */
export interface L1LossOptions<R extends Reduction = Reduction> {
  /** One loss an element, their mean (default) or their sum. */
  readonly reduction?: R;
}

/**
 * l = |input − target|, element by element, reduced. The derivative at equality is 0; the mean of nothing is NaN.
 *
 * @param input any shape `[…]`, floating-point.
 * @param target input's shape. Gradients go to both.
 * @returns `[]`, or input's shape for reduction none.
 * @throws {ShapeMismatchError} if the shapes differ.
 * @throws {ArgumentError} on an unknown option or reduction.
 * @example l1Loss(variable([1, 2]), tensor([1, 5]))   // 1.5
 */
export function l1Loss<R extends Reduction = "mean">(
  input: Value,
  target: Value,
  options: L1LossOptions<R> = {},
): Variable<LossShape<R>> {
  const reduction = checkL1Options("l1Loss", options);
  checkTarget("l1Loss", input, target);
  return reduced(abs(sub(input, target)), reduction);
}

/**
 * The mean absolute error with its settings kept; see `l1Loss`.
 *
 * @example new L1Loss({ reduction: "sum" }).forward(tensor([1, 2]), tensor([1, 5]))   // 3
 */
export class L1Loss<R extends Reduction = "mean"> {
  readonly options: L1LossOptions<R>;

  /** @throws {ArgumentError} on an unknown option or reduction. */
  constructor(options: L1LossOptions<R> = {}) {
    checkL1Options("L1Loss", options);
    this.options = { ...options };
  }

  /** The loss, as `l1Loss` gives it. */
  forward(input: Value, target: Value): Variable<LossShape<R>> {
    return l1Loss(input, target, this.options);
  }
}

function checkL1Options<R extends Reduction>(op: string, options: L1LossOptions<R>): R {
  checkOptions(op, options, ["reduction"]);
  const reduction = options.reduction ?? ("mean" as R);
  checkReduction(op, reduction);
  return reduction;
}
