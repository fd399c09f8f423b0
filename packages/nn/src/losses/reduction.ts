/** From the losses of the elements to the loss that is given back. */
import { asVariable, type Value, type Variable } from "@adjoint/autograd";
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

/** A loss that was reduced by R, typed as such. */
export function asLoss<R extends Reduction>(loss: Value, _reduction: R): Variable<LossShape<R>> {
  return asVariable(loss) as Variable<LossShape<R>>;
}
