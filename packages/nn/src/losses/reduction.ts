/** From the losses of the elements to the loss that is given back. */
import { asVariable, mean, sum, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, type Shape } from "@adjoint/tensor";

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

/** `losses` reduced; the mean of nothing is NaN. */
export function reduceLoss<R extends Reduction>(losses: Value, reduction: R): Variable<LossShape<R>> {
  const reduced = reduction === "none" ? losses : reduction === "sum" ? sum(losses) : mean(losses);
  return asVariable(reduced) as Variable<LossShape<R>>;
}
