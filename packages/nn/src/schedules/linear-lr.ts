import { checkOptions } from "@adjoint/tensor";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { type Curve, checkCount } from "./curve.ts";

/** Settings of `linearLR`. */
export interface LinearLROptions {
  /** a, the factor at step 0, at least 0. Default 1/3. */
  readonly startFactor?: number;
  /** b, the factor from step T on, at least 0. Default 1. */
  readonly endFactor?: number;
  /** T, how many steps it takes, at least 1. Default 5. */
  readonly totalIters?: number;
}

/**
 * A straight line, then level: η(t) = η₀ · (a + (b − a) · min(t, T) / T). A warm-up by default.
 *
 * @throws {ArgumentError} on a setting that is unknown or outside its range.
 * @example linearLR({ startFactor: 0.5, totalIters: 4 }).rate(2, 1)   // 0.75
 */
export function linearLR(options: LinearLROptions = {}): Curve {
  checkOptions("linearLR", options, ["startFactor", "endFactor", "totalIters"]);
  const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options;
  checkAtLeast("linearLR", "startFactor", startFactor, 0);
  checkAtLeast("linearLR", "endFactor", endFactor, 0);
  checkCount("linearLR", "totalIters", totalIters, 1);
  return {
    rate(step, base) {
      const progress = Math.min(step, totalIters) / totalIters;
      return base * (startFactor + (endFactor - startFactor) * progress);
    },
  };
}
