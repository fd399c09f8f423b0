import { abs, clamp, mul, sub, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, checkOptions } from "@adjoint/tensor";
import { checkReduction, checkTarget, type LossShape, type Reduction, reduced } from "./reduction.ts";

/** Settings of the Huber loss. */
export interface HuberLossOptions<R extends Reduction = Reduction> {
  /** δ, from where the loss grows like a line, above 0. Default 1. */
  readonly delta?: number;
  /** One loss an element, their mean (default) or their sum. */
  readonly reduction?: R;
}

/**
 * A parabola near equality and lines from δ on: with d = |input − target|,
 *
 *     l = ½d² where d < δ, else δ·(d − ½δ)        that is m·(d − ½m) with m = min(d, δ)
 *
 * element by element, reduced. The mean of nothing is NaN.
 *
 * Source: P. J. Huber, Robust estimation of a location parameter, Annals of mathematical statistics 35 (1964).
 *
 * @param input any shape `[…]`, floating-point.
 * @param target input's shape. Gradients go to both.
 * @returns `[]`, or input's shape for reduction none.
 * @throws {ShapeMismatchError} if the shapes differ.
 * @throws {ArgumentError} on an option that is unknown or outside its range.
 * @example huberLoss(variable([1, 2]), tensor([2, 5]))   // 1.5
 */
export function huberLoss<R extends Reduction = "mean">(
  input: Value,
  target: Value,
  options: HuberLossOptions<R> = {},
): Variable<LossShape<R>> {
  const { delta, reduction } = checkHuberOptions("huberLoss", options);
  checkTarget("huberLoss", input, target);
  return reduced(bend(abs(sub(input, target)), delta), reduction);
}

/** m·(d − ½m) with m = min(d, width). */
export function bend(distance: Value, width: number): Value {
  const near: Value = clamp(distance, { max: width });
  return mul(near, sub(distance, mul(near, 0.5)));
}

/**
 * The Huber loss with its settings kept; see `huberLoss`.
 *
 * @example new HuberLoss({ delta: 2 }).forward(tensor([1, 2]), tensor([2, 6]))   // 3.25
 */
export class HuberLoss<R extends Reduction = "mean"> {
  readonly options: HuberLossOptions<R>;

  /** @throws {ArgumentError} on an option that is unknown or outside its range. */
  constructor(options: HuberLossOptions<R> = {}) {
    checkHuberOptions("HuberLoss", options);
    this.options = { ...options };
  }

  /** The loss, as `huberLoss` gives it. */
  forward(input: Value, target: Value): Variable<LossShape<R>> {
    return huberLoss(input, target, this.options);
  }
}

function checkHuberOptions<R extends Reduction>(
  op: string,
  options: HuberLossOptions<R>,
): { delta: number; reduction: R } {
  checkOptions(op, options, ["delta", "reduction"]);
  const { delta = 1, reduction = "mean" as R } = options;
  checkReduction(op, reduction);
  if (delta > 0) return { delta, reduction };
  throw new ArgumentError(op, "delta", `delta is ${delta}.`, "Give a number above 0.");
}
