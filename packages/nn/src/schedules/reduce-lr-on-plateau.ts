import { ArgumentError, checkOptions, full, type Tensor } from "@adjoint/tensor";
import { checkAtLeast, checkDecay, type Optimizer } from "../optimizers/optimizer.ts";
import { loadInto, type StateDict } from "../state-dict.ts";
import { checkCount } from "./curve.ts";

/** Settings of ReduceLROnPlateau; names and defaults are PyTorch's. */
export interface ReduceLROnPlateauOptions {
  /** A metric is better when it is smaller (`min`, default) or larger (`max`). */
  readonly mode?: "min" | "max";
  /** By what the rate is multiplied, 0 ≤ factor < 1. Default 0.1. */
  readonly factor?: number;
  /** How many metrics in a row may be no better. Default 10. */
  readonly patience?: number;
  /** By how much a metric must be better to count, at least 0. Default 1e-4. */
  readonly threshold?: number;
  /** The threshold is a share of the best metric (`rel`, default) or a difference from it (`abs`). */
  readonly thresholdMode?: "rel" | "abs";
  /** For how many metrics after a reduction none counts as bad. Default 0. */
  readonly cooldown?: number;
  /** The rate goes no lower, at least 0. Default 0. */
  readonly minLR?: number;
  /** A reduction by no more than this is left out. Default 1e-8. */
  readonly eps?: number;
}

/**
 * Lowers an optimizer's learning rate when a metric has stopped getting better: η ← max(factor · η, minLR) after more
 * than `patience` metrics in a row that do not beat the best by the threshold.
 */
export class ReduceLROnPlateau {
  readonly optimizer: Optimizer;
  readonly #settings: Required<ReduceLROnPlateauOptions>;
  #best: number;
  #badSteps = 0;
  #cooldownLeft = 0;

  /** @throws {ArgumentError} on a setting that is unknown or outside its range. */
  constructor(optimizer: Optimizer, options: ReduceLROnPlateauOptions = {}) {
    this.optimizer = optimizer;
    this.#settings = settingsOf(options);
    this.#best = this.#settings.mode === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** The best metric so far; infinite before the first. */
  get best(): number {
    return this.#best;
  }

  /** Takes the metric of an epoch, and lowers the rate if it is time. A NaN is never better. */
  step(metric: number): void {
    const { patience, cooldown } = this.#settings;
    if (this.#isBetter(metric)) {
      this.#best = metric;
      this.#badSteps = 0;
    } else {
      this.#badSteps++;
    }
    if (this.#cooldownLeft > 0) {
      this.#cooldownLeft--;
      this.#badSteps = 0;
    }
    if (this.#badSteps <= patience) return;
    this.#reduce();
    this.#cooldownLeft = cooldown;
    this.#badSteps = 0;
  }

  /** What it needs to go on, 0-d float64: `best`, `badSteps`, `cooldownLeft`. The rate is in the optimizer's state. */
  stateDict(): StateDict {
    const numbers = { best: this.#best, badSteps: this.#badSteps, cooldownLeft: this.#cooldownLeft };
    return new Map(
      Object.entries(numbers).map(([name, value]): [string, Tensor] => [
        name,
        full([], value, { dtype: "float64" }),
      ]),
    );
  }

  /**
   * Goes on from a `stateDict`.
   *
   * @throws {StateDictError} if a name is missing or unknown, or a shape differs.
   * @throws {ArgumentError} if a count in it is not a whole number of at least 0.
   */
  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    const read = this.stateDict();
    loadInto(
      "schedule",
      [...read].map(([name, tensor]) => ({ names: [name], tensor })),
      state,
    );
    const numbers = [...read.values()].map((tensor) => tensor.item());
    const [best = 0, badSteps = 0, cooldownLeft = 0] = numbers;
    checkCount("loadStateDict", "badSteps", badSteps, 0);
    checkCount("loadStateDict", "cooldownLeft", cooldownLeft, 0);
    [this.#best, this.#badSteps, this.#cooldownLeft] = [best, badSteps, cooldownLeft];
  }

  #isBetter(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.#settings;
    const best = this.#best;
    if (mode === "min") return metric < (thresholdMode === "rel" ? best * (1 - threshold) : best - threshold);
    return metric > (thresholdMode === "rel" ? best * (1 + threshold) : best + threshold);
  }

  #reduce(): void {
    const { factor, minLR, eps } = this.#settings;
    const rate = this.optimizer.learningRate;
    const lower = Math.max(rate * factor, minLR);
    if (rate - lower > eps) this.optimizer.learningRate = lower;
  }
}

function settingsOf(options: ReduceLROnPlateauOptions): Required<ReduceLROnPlateauOptions> {
  const op = "ReduceLROnPlateau";
  const defaults: Required<ReduceLROnPlateauOptions> = {
    mode: "min",
    factor: 0.1,
    patience: 10,
    threshold: 1e-4,
    thresholdMode: "rel",
    cooldown: 0,
    minLR: 0,
    eps: 1e-8,
  };
  checkOptions(op, options, Object.keys(defaults));
  const settings = { ...defaults, ...options };
  checkDecay(op, "factor", settings.factor);
  for (const argument of ["patience", "cooldown"] as const) checkCount(op, argument, settings[argument], 0);
  for (const argument of ["threshold", "minLR", "eps"] as const) {
    checkAtLeast(op, argument, settings[argument], 0);
  }
  checkChoice("mode", settings.mode, ["min", "max"]);
  checkChoice("thresholdMode", settings.thresholdMode, ["rel", "abs"]);
  return settings;
}

function checkChoice(argument: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const what = `${argument} is ${JSON.stringify(value)}.`;
  throw new ArgumentError("ReduceLROnPlateau", argument, what, `Give ${known.join(" or ")}.`);
}
