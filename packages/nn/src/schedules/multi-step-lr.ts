import { checkOptions } from "@adjoint/tensor";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { type Curve, checkMilestones, milestonesReached } from "./curve.ts";

/** Settings of `multiStepLR`. */
export interface MultiStepLROptions {
  /** The steps from which the rate is smaller, in order; one that is named twice counts twice. */
  readonly milestones: readonly number[];
  /** γ, the factor at each, at least 0. Default 0.1. */
  readonly gamma?: number;
}

/**
 * Smaller by a factor from each milestone: η(t) = η₀ · γⁿ, where n milestones are ≤ t.
 *
 * @throws {ArgumentError} on a setting that is unknown or outside its range.
 * @example multiStepLR({ milestones: [3, 5], gamma: 0.5 }).rate(5, 1)   // 0.25
 */
export function multiStepLR(options: MultiStepLROptions): Curve {
  checkOptions("multiStepLR", options, ["milestones", "gamma"]);
  const { gamma = 0.1 } = options;
  const milestones = [...options.milestones];
  checkMilestones("multiStepLR", milestones);
  checkAtLeast("multiStepLR", "gamma", gamma, 0);
  return { rate: (step, base) => base * gamma ** milestonesReached(milestones, step) };
}
