import type { Schedule } from "./options.ts";

/**
 * The factor on the learning rate at a step: cosine ½(1 + cos πt), linear 1 − t, constant 1, with t = step / steps.
 *
 * @param step from 0
 * @param steps of the whole training
 * Source of the cosine: I. Loshchilov, F. Hutter, SGDR: Stochastic gradient descent with warm restarts, ICLR 2017, eq. 5.
 */
export function scheduleFactor(schedule: Schedule, step: number, steps: number): number {
  const progress = step / steps;
  if (schedule === "cosine") return 0.5 * (1 + Math.cos(Math.PI * progress));
  return schedule === "linear" ? 1 - progress : 1;
}
