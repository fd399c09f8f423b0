import { checkOptions } from "@adjoint/tensor";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import type { Curve } from "./curve.ts";

/** Settings of `exponentialLR`. */
export interface ExponentialLROptions {
  /** γ, the factor of each step, at least 0. */
  readonly gamma: number;
}

/**
 * Smaller by a factor at each step: η(t) = η₀ · γᵗ.
 *
 * @throws {ArgumentError} on a setting that is unknown or outside its range.
 * @example exponentialLR({ gamma: 0.5 }).rate(3, 1)   // 0.125
 */
export function exponentialLR(options: ExponentialLROptions): Curve {
  checkOptions("exponentialLR", options, ["gamma"]);
  const { gamma } = options;
  checkAtLeast("exponentialLR", "gamma", gamma, 0);
  return { rate: (step, base) => base * gamma ** step };
}
