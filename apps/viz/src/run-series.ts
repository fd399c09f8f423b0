/** The statistics of a run's steps, in arrays that grow. */
import type { RunInfo, StepRecord } from "@adjoint/nn";

/** Numbers that are only ever added to. */
export class Series {
  #array = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The numbers so far, not copied: right until the next `push`. */
  get values(): Float64Array {
    return this.#array.subarray(0, this.#length);
  }

  /** The number at `index`; NaN where there is none. */
  at(index: number): number {
    return index < this.#length ? (this.#array[index] ?? Number.NaN) : Number.NaN;
  }

  push(value: number): void {
    if (this.#length === this.#array.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#array);
      this.#array = larger;
    }
    this.#array[this.#length++] = value;
  }
}

/** Norms of some of a run's steps, one number for each measured step in every series. */
export class NormSeries {
  /** The steps that were measured, ascending. */
  readonly step: Series = new Series();
  /** ‖∇w‖ of all parameters together. */
  readonly gradient: Series = new Series();
  /** ‖∇w_p‖, a series for each parameter, in the order of `RunInfo.parameters`. */
  readonly gradients: readonly Series[];
  /** ‖Δw_p‖ / ‖w_p‖, likewise. */
  readonly updateRatios: readonly Series[];

  constructor(parameters: number) {
    this.gradients = Array.from({ length: parameters }, () => new Series());
    this.updateRatios = Array.from({ length: parameters }, () => new Series());
  }
}

/** The statistics of all steps so far, one number for each step in every series but those of `norms`. */
export class RunSeries {
  /** The steps' numbers, ascending: 1, 2, 3 …. */
  readonly step: Series = new Series();
  readonly loss: Series = new Series();
  readonly learningRate: Series = new Series();
  /** NaN in a step without accuracy. */
  readonly accuracy: Series = new Series();
  readonly norms: NormSeries;

  constructor({ parameters }: RunInfo) {
    this.norms = new NormSeries(parameters.length);
  }

  /** The number of steps. */
  get length(): number {
    return this.step.length;
  }

  /** The latest step; 0 before the first. */
  get last(): number {
    return this.length === 0 ? 0 : this.step.at(this.length - 1);
  }

  /** Adds a step. False, and nothing is added, if the step or a later one is there already. */
  add({ step, loss, learningRate, accuracy, norms }: StepRecord): boolean {
    if (step <= this.last) return false;
    this.step.push(step);
    this.loss.push(loss);
    this.learningRate.push(learningRate);
    this.accuracy.push(accuracy ?? Number.NaN);
    if (norms !== null) {
      this.norms.step.push(step);
      this.norms.gradient.push(norms.gradient);
      for (const [p, series] of this.norms.gradients.entries()) series.push(norms.gradients[p] ?? Number.NaN);
      for (const [p, series] of this.norms.updateRatios.entries())
        series.push(norms.updateRatios[p] ?? Number.NaN);
    }
    return true;
  }

  /** The position of `step` in the series of all steps, or of the latest before it; −1 before the first. */
  indexOf(step: number): number {
    return lastAtMost(this.step.values, step);
  }
}

/** The position of the last of the ascending numbers that is at most `value`; −1 if all are above it. */
export function lastAtMost(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Number.NaN) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
