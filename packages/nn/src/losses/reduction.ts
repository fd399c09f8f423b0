/** From the losses of the elements to the loss that is given back. */
import { asVariable, mean, sum, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, formatShape, type Shape, ShapeMismatchError, sameShape } from "@adjoint/tensor";

/** What a loss gives: one for each element, their mean, or their sum. */
export type Reduction = "none" | "mean" | "sum";

/** The shape of a loss under reduction R. */
export type LossShape<R extends Reduction> = R extends "none" ? Shape : [];

/** Refuses an unknown reduction. @throws {ArgumentError} naming the known ones. */
export function checkReduction(op: string, reduction: string): void {
  if (reduction === "none" || reduction === "mean" || reduction === "sum") return;
  const what = `reduction is "${reduction}".`;
  throw new ArgumentError(op, "reduction", what, "Give none, mean or sum.");
}

/** A loss that was reduced by R, typed as such. */
export function asLoss<R extends Reduction>(loss: Value, _reduction: R): Variable<LossShape<R>> {
  return asVariable(loss) as Variable<LossShape<R>>;
}

/** The losses of the elements, reduced by R. */
export function reduced<R extends Reduction>(losses: Value, reduction: R): Variable<LossShape<R>> {
  if (reduction === "none") return asLoss(losses, reduction);
  return asLoss(reduction === "sum" ? sum(losses) : mean(losses), reduction);
}

/**
 * Refuses a target of another shape than the input's. PyTorch broadcasts here with a warning: `[n, 1]` against `[n]`
 * would be n² losses, and that is never meant.
 *
 * @throws {ShapeMismatchError} with both shapes.
 */
export function checkTarget(op: string, input: Value, target: Value): void {
  if (sameShape(input.shape, target.shape)) return;
  throw new ShapeMismatchError(
    op,
    `input is ${formatShape(input.shape)}, target is ${formatShape(target.shape)}.`,
    "Give both one shape: reshape or squeeze one of them.",
    [input.shape, target.shape],
  );
}
