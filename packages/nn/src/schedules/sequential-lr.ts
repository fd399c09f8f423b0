import { ArgumentError, checkOptions } from "@adjoint/tensor";
import { type Curve, checkMilestones, milestonesReached } from "./curve.ts";

/** Settings of `sequentialLR`. */
export interface SequentialLROptions {
  /** The steps at which the next curve begins, in order: one fewer than there are curves. */
  readonly milestones: readonly number[];
}

/**
 * Curves one after the other, each from a step 0 of its own at its milestone: a warm-up and what follows it.
 *
 * @throws {ArgumentError} if milestones fall, or do not lie between the curves.
 * @example sequentialLR([linearLR({ totalIters: 5 }), cosineAnnealingLR({ tMax: 10 })], { milestones: [5] }).rate(10, 1)   // 0.5
 */
export function sequentialLR(curves: readonly Curve[], options: SequentialLROptions): Curve {
  checkOptions("sequentialLR", options, ["milestones"]);
  const milestones = [...options.milestones];
  checkMilestones("sequentialLR", milestones);
  if (curves.length !== milestones.length + 1) {
    throw new ArgumentError(
      "sequentialLR",
      "milestones",
      `there are ${curves.length} curves and ${milestones.length} milestones.`,
      "Give one milestone between each two curves.",
    );
  }
  const parts = [...curves];
  /** The curve in force, and its own step. */
  const at = (step: number): [Curve | undefined, number] => {
    const reached = milestonesReached(milestones, step);
    return [parts[reached], step - (milestones[reached - 1] ?? 0)];
  };
  const rate = (step: number, base: number): number => {
    const [curve, own] = at(step);
    return curve?.rate(own, base) ?? base;
  };
  if (!parts.every((part) => part.momentum !== undefined)) return { rate };
  const momentum = (step: number): number => {
    const [curve, own] = at(step);
    return curve?.momentum?.(own) ?? Number.NaN;
  };
  return { rate, momentum };
}
