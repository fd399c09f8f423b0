/** What all curves of the learning rate share. */
import { ArgumentError } from "@adjoint/tensor";

/**
 * The learning rate as a function of the step: pure, so that the same step always has the same rate, whatever came
 * before. A schedule of one's own is an object with a `rate`: `{ rate: (step, base) => base / (1 + step) }`.
 */
export interface Curve {
  /** The learning rate at `step`, from 0, for an optimizer that was built with `base`. */
  rate(step: number, base: number): number;
  /** The momentum (beta1 of Adam) at `step`; without it the optimizer's stays as it is. */
  momentum?(step: number): number;
}

/** Refuses what is not a whole number of at least `least`. @throws {ArgumentError} naming it. */
export function checkCount(op: string, argument: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const remedy = `Give a whole number of at least ${least}.`;
  throw new ArgumentError(op, argument, `${argument} is ${value}.`, remedy);
}

/** Refuses milestones that do not rise. @throws {ArgumentError} with the list. */
export function checkMilestones(op: string, milestones: readonly number[]): void {
  const whole = milestones.every((step) => Number.isSafeInteger(step) && step >= 0);
  if (whole && milestones.every((step, i) => i === 0 || step >= (milestones[i - 1] ?? 0))) return;
  const what = `milestones is [${milestones.join(", ")}].`;
  throw new ArgumentError(op, "milestones", what, "Give whole numbers of at least 0 that do not fall.");
}

/** How many milestones `step` has reached. */
export function milestonesReached(milestones: readonly number[], step: number): number {
  return milestones.filter((milestone) => milestone <= step).length;
}
