import { checkOptions } from "@adjoint/tensor";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { type Curve, checkCount } from "./curve.ts";

/** Settings of `cosineAnnealingLR`. */
export interface CosineAnnealingLROptions {
  /** T, the step at which the rate is lowest, at least 1: the length of the training. */
  readonly tMax: number;
  /** η₁, the lowest rate, at least 0. Default 0. */
  readonly etaMin?: number;
}

/**
 * Half a wave of a cosine from η₀ down to η₁: η(t) = η₁ + ½ (η₀ − η₁) (1 + cos(π t / T)). After T it climbs again.
 *
 * Source: I. Loshchilov, F. Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017, eq. 5.
 *
 * @throws {ArgumentError} on a setting that is unknown or outside its range.
 * @example cosineAnnealingLR({ tMax: 10 }).rate(5, 1)   // 0.5
 */
export function cosineAnnealingLR(options: CosineAnnealingLROptions): Curve {
  checkOptions("cosineAnnealingLR", options, ["tMax", "etaMin"]);
  const { tMax, etaMin = 0 } = options;
  checkCount("cosineAnnealingLR", "tMax", tMax, 1);
  checkAtLeast("cosineAnnealingLR", "etaMin", etaMin, 0);
  return {
    rate: (step, base) => etaMin + ((base - etaMin) * (1 + Math.cos((Math.PI * step) / tMax))) / 2,
  };
}
