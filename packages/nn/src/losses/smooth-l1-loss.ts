import { abs, div, sub, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, checkOptions } from "@adjoint/tensor";
import { bend } from "./huber-loss.ts";
import { checkReduction, checkTarget, type LossShape, type Reduction, reduced } from "./reduction.ts";

/** Settings of the smooth absolute error. */
export interface SmoothL1LossOptions<R extends Reduction = Reduction> {
  /** β, from where the loss grows like the absolute error, at least 0. Default 1. */
  readonly beta?: number;
  /** One loss an element, their mean (default) or their sum. */
  readonly reduction?: R;
}

/**
 * The absolute error with a rounded tip: with d = |input − target|, l = ½d²/β where d < β, else d − ½β. It is Huber's
 * loss over β, and with β = 0 the absolute error itself. The mean of nothing is NaN.
 *
 * @param input any shape `[…]`, floating-point.
 * @param target input's shape. Gradients go to both.
 * @returns `[]`, or input's shape for reduction none.
 * @throws {ShapeMismatchError} if the shapes differ.
 * @throws {ArgumentError} on an option that is unknown or outside its range.
 * @example smoothL1Loss(variable([1, 2]), tensor([2, 6]), { beta: 2 })   // 1.625
 */
export function smoothL1Loss<R extends Reduction = "mean">(
  input: Value,
  target: Value,
  options: SmoothL1LossOptions<R> = {},
): Variable<LossShape<R>> {
  const { beta, reduction } = checkSmoothL1Options("smoothL1Loss", options);
  checkTarget("smoothL1Loss", input, target);
  const distance: Value = abs(sub(input, target));
  return reduced(beta === 0 ? distance : div(bend(distance, beta), beta), reduction);
}

/** The smooth absolute error with its settings kept; see `smoothL1Loss`. */
export class SmoothL1Loss<R extends Reduction = "mean"> {
  readonly options: SmoothL1LossOptions<R>;

  /** @throws {ArgumentError} on an option that is unknown or outside its range. */
  constructor(options: SmoothL1LossOptions<R> = {}) {
    checkSmoothL1Options("SmoothL1Loss", options);
    this.options = { ...options };
  }

  /** The loss, as `smoothL1Loss` gives it. */
  forward(input: Value, target: Value): Variable<LossShape<R>> {
    return smoothL1Loss(input, target, this.options);
  }
}

function checkSmoothL1Options<R extends Reduction>(
  op: string,
  options: SmoothL1LossOptions<R>,
): { beta: number; reduction: R } {
  checkOptions(op, options, ["beta", "reduction"]);
  const { beta = 1, reduction = "mean" as R } = options;
  checkReduction(op, reduction);
  if (beta >= 0) return { beta, reduction };
  throw new ArgumentError(op, "beta", `beta is ${beta}.`, "Give a number of at least 0.");
}
