import { add, mul, neg, softplus, sub, type Value, type Variable } from "@adjoint/autograd";
import { checkOptions, formatShape, ShapeMismatchError, type Tensor } from "@adjoint/tensor";
import { checkReduction, checkTarget, type LossShape, type Reduction, reduced } from "./reduction.ts";

/** Settings of the binary cross-entropy. */
export interface BCEWithLogitsLossOptions<R extends Reduction = Reduction> {
  /** w: how much each element counts; broadcasts to the logits' shape. Default 1. */
  readonly weight?: Tensor;
  /** p: how much a positive target counts against a negative one; broadcasts to the logits' shape. Default 1. */
  readonly posWeight?: Tensor;
  /** One loss an element, their mean (default; over all elements, whatever their weights) or their sum. */
  readonly reduction?: R;
}

/**
 * The cross-entropy of σ(logits), σ the sigmoid, against probabilities y of "yes", in nats:
 *
 *     l = −w · (p · y · log σ(x) + (1 − y) · log σ(−x)) = w · (p · y · softplus(−x) + (1 − y) · softplus(x))
 *
 * Sums of terms of one sign: finite and exact to rounding for logits of any size. With p = 1 the gradient is σ(x) − y.
 *
 * @param logits any shape `[…]`, floating-point, not normalised.
 * @param target the logits' shape, floating-point, 0 to 1. Gradients go to both.
 * @returns `[]`, or the logits' shape for reduction none. The mean of nothing is NaN.
 * @throws {ShapeMismatchError} if the shapes differ, or weight or posWeight do not broadcast to them.
 * @throws {ArgumentError} on an unknown option or reduction.
 * @example bceWithLogitsLoss(variable([0, 1000]), tensor([1, 0]), { reduction: "none" })   // [0.6931472, 1000]
 */
export function bceWithLogitsLoss<R extends Reduction = "mean">(
  logits: Value,
  target: Value,
  options: BCEWithLogitsLossOptions<R> = {},
): Variable<LossShape<R>> {
  const op = "bceWithLogitsLoss";
  const reduction = checkBCEOptions(op, options);
  checkTarget(op, logits, target);
  const positive: Value = mul(target, softplus(neg(logits)));
  const negative: Value = mul(sub(1, target), softplus(logits));
  const losses: Value = add(weighted(op, "posWeight", positive, options.posWeight), negative);
  return reduced(weighted(op, "weight", losses, options.weight), reduction);
}

/**
 * The binary cross-entropy with its settings kept; see `bceWithLogitsLoss`.
 *
 * @example new BCEWithLogitsLoss({ posWeight: tensor(2) }).forward(tensor([0]), tensor([1]))   // 1.386294
 */
export class BCEWithLogitsLoss<R extends Reduction = "mean"> {
  readonly options: BCEWithLogitsLossOptions<R>;

  /** @throws {ArgumentError} on an unknown option or reduction. */
  constructor(options: BCEWithLogitsLossOptions<R> = {}) {
    checkBCEOptions("BCEWithLogitsLoss", options);
    this.options = { ...options };
  }

  /** The loss, as `bceWithLogitsLoss` gives it. */
  forward(logits: Value, target: Value): Variable<LossShape<R>> {
    return bceWithLogitsLoss(logits, target, this.options);
  }
}

/** x times a weight in x's dtype that must broadcast to x's shape. */
function weighted(op: string, argument: string, x: Value, weight: Tensor | undefined): Value {
  if (weight === undefined) return x;
  const lead = x.rank - weight.rank;
  if (lead >= 0 && weight.shape.every((size, axis) => size === 1 || size === x.shape[axis + lead])) {
    return mul(x, weight.cast(x.dtype));
  }
  throw new ShapeMismatchError(
    op,
    `${argument} is ${formatShape(weight.shape)}, input is ${formatShape(x.shape)}.`,
    `Give a ${argument} that broadcasts to the input's shape.`,
    [x.shape, weight.shape],
  );
}

function checkBCEOptions<R extends Reduction>(op: string, options: BCEWithLogitsLossOptions<R>): R {
  checkOptions(op, options, ["weight", "posWeight", "reduction"]);
  const reduction = options.reduction ?? ("mean" as R);
  checkReduction(op, reduction);
  return reduction;
}
