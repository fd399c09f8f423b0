import { div, exp, log, mul, sub, sum, tensorOf, type Value, type Variable, where } from "@adjoint/autograd";
import { ArgumentError, checkOptions, ShapeMismatchError, type Tensor } from "@adjoint/tensor";
import { asLoss, checkTarget, type LossShape, type Reduction, reduced } from "./reduction.ts";

/** What the divergence can be reduced by: `batchmean`, the sum divided by the length of axis 0, is the divergence itself. */
export type KLDivReduction = Reduction | "batchmean";

/** Settings of the Kullback–Leibler divergence. */
export interface KLDivLossOptions<R extends KLDivReduction = KLDivReduction> {
  /** The target holds log-probabilities. Default false: probabilities. */
  readonly logTarget?: boolean;
  /** One term an element, their sum, `batchmean`, or their mean over all elements (default, as PyTorch's). */
  readonly reduction?: R;
}

/** The shape of the loss under reduction R. */
type KLDivShape<R extends KLDivReduction> = LossShape<R extends "batchmean" ? "mean" : R & Reduction>;

/**
 * The Kullback–Leibler divergence of the target t from exp(input), term by term, in nats:
 *
 *     l = t · (log t − input)        of log-probabilities: exp(t) · (t − input)
 *
 * What has the probability 0 in the target adds 0 and gets no gradient, also where the input is −∞.
 *
 * @param input log-probabilities, as logSoftmax gives them: any shape `[n, …]`.
 * @param target input's shape. Gradients go to both.
 * @returns `[]`, or input's shape for reduction none.
 * @throws {ShapeMismatchError} if the shapes differ, or are `[]` for `batchmean`.
 * @throws {ArgumentError} on an unknown option or reduction.
 * @example klDivLoss(tensor([[0.5, 0.5]]).log(), tensor([[1, 0]]), { reduction: "batchmean" })   // 0.6931472
 */
export function klDivLoss<R extends KLDivReduction = "mean">(
  input: Value,
  target: Value,
  options: KLDivLossOptions<R> = {},
): Variable<KLDivShape<R>> {
  const { logTarget, reduction } = checkKLDivOptions("klDivLoss", options);
  checkTarget("klDivLoss", input, target);
  const terms = (logTarget ? ofLogarithms : ofProbabilities)(input, target);
  const plain: KLDivReduction = reduction;
  if (plain !== "batchmean") return reduced(terms, plain) as Variable<KLDivShape<R>>;
  const [batch] = input.shape;
  if (batch === undefined) {
    const remedy = "Give [n, …], or take the sum.";
    throw new ShapeMismatchError("klDivLoss", "input is [] and has no batch axis.", remedy, [input.shape]);
  }
  return asLoss(div(sum(terms), batch), "mean") as Variable<KLDivShape<R>>;
}

/**
 * The Kullback–Leibler divergence with its settings kept; see `klDivLoss`.
 *
 * @example new KLDivLoss({ reduction: "sum", logTarget: true }).forward(tensor([-1]), tensor([0]))   // 1
 */
export class KLDivLoss<R extends KLDivReduction = "mean"> {
  readonly options: KLDivLossOptions<R>;

  /** @throws {ArgumentError} on an unknown option or reduction. */
  constructor(options: KLDivLossOptions<R> = {}) {
    checkKLDivOptions("KLDivLoss", options);
    this.options = { ...options };
  }

  /** The loss, as `klDivLoss` gives it. */
  forward(input: Value, target: Value): Variable<KLDivShape<R>> {
    return klDivLoss(input, target, this.options);
  }
}

function ofProbabilities(input: Value, target: Value): Value {
  const impossible: Tensor = tensorOf(target).equal(0);
  const difference: Value = sub(log(where(impossible, 1, target)), where(impossible, 0, input));
  return where(impossible, 0, mul(target, difference));
}

function ofLogarithms(input: Value, target: Value): Value {
  const impossible: Tensor = tensorOf(target).equal(Number.NEGATIVE_INFINITY);
  const finite: Value = where(impossible, 0, target);
  return where(impossible, 0, mul(exp(finite), sub(finite, where(impossible, 0, input))));
}

function checkKLDivOptions<R extends KLDivReduction>(
  op: string,
  options: KLDivLossOptions<R>,
): { logTarget: boolean; reduction: R } {
  checkOptions(op, options, ["logTarget", "reduction"]);
  const { logTarget = false, reduction = "mean" as R } = options;
  const known: readonly string[] = ["none", "mean", "sum", "batchmean"];
  if (known.includes(reduction)) return { logTarget, reduction };
  const remedy = "Give none, mean, sum or batchmean.";
  throw new ArgumentError(op, "reduction", `reduction is "${reduction}".`, remedy);
}
