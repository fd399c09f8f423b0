import { checkOptions } from "@adjoint/tensor";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { type Curve, checkCount } from "./curve.ts";

/** Settings of `stepLR`. */
export interface StepLROptions {
  /** How many steps the rate stays the same, at least 1. */
  readonly stepSize: number;
  /** γ, the factor, at least 0. Default 0.1. */
  readonly gamma?: number;
}

/**
 * Smaller by a factor every so many steps: η(t) = η₀ · γ^⌊t / stepSize⌋.
 *
 * @throws {ArgumentError} on a setting that is unknown or outside its range.
 * @example stepLR({ stepSize: 10 }).rate(25, 1)   // 0.01
 */
export function stepLR(options: StepLROptions): Curve {
  checkOptions("stepLR", options, ["stepSize", "gamma"]);
  const { stepSize, gamma = 0.1 } = options;
  checkCount("stepLR", "stepSize", stepSize, 1);
  checkAtLeast("stepLR", "gamma", gamma, 0);
  return { rate: (step, base) => base * gamma ** Math.floor(step / stepSize) };
}
