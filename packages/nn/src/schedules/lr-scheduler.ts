import { ArgumentError, full, type Tensor } from "@adjoint/tensor";
import { checkAtLeast, type Optimizer } from "../optimizers/optimizer.ts";
import { loadInto, type StateDict } from "../state-dict.ts";
import { type Curve, checkCount } from "./curve.ts";

/**
 * Moves an optimizer's learning rate along a curve, from the rate that the optimizer has when this is made.
 *
 * The first rate is set at once; `step`, after each `optimizer.step()` (or each epoch, if the curve counts epochs), sets
 * the next. A recorded program finds the rate among its state.
 *
 * @example new LRScheduler(new SGD([new Parameter(zeros([1]))], { learningRate: 3 }), linearLR()).optimizer.learningRate   // 1
 */
export class LRScheduler {
  readonly optimizer: Optimizer;
  readonly curve: Curve;
  #base: number;
  #lastStep = 0;

  /** @throws {ArgumentError} if the curve moves the momentum, and the optimizer has none. */
  constructor(optimizer: Optimizer, curve: Curve) {
    if (curve.momentum !== undefined && optimizer.momentum === null) {
      throw new ArgumentError(
        "LRScheduler",
        "curve",
        "the curve moves the momentum, and the optimizer has none.",
        "Build the optimizer with a momentum above 0, or the curve with cycleMomentum: false.",
      );
    }
    this.optimizer = optimizer;
    this.curve = curve;
    this.#base = optimizer.learningRate;
    this.#set(0);
  }

  /** The step whose rate is in force, from 0. */
  get lastStep(): number {
    return this.#lastStep;
  }

  /** Sets the rate of the next step. @throws {ArgumentError} if the curve gives a rate that is not a number of at least 0. */
  step(): void {
    this.#set(this.#lastStep + 1);
  }

  /** What it needs to go on: `step` and `base`, the rate it started from, 0-d float64. */
  stateDict(): StateDict {
    return new Map<string, Tensor>([
      ["step", full([], this.#lastStep, { dtype: "float64" })],
      ["base", full([], this.#base, { dtype: "float64" })],
    ]);
  }

  /**
   * Goes on from a `stateDict`, and sets the optimizer's rate to that of its step.
   *
   * @throws {StateDictError} if a name is missing or unknown, or a shape differs.
   * @throws {ArgumentError} if the state cannot be.
   */
  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    const read = this.stateDict();
    const targets = [...read].map(([name, tensor]) => ({ names: [name], tensor }));
    loadInto("schedule", targets, state);
    const [step = Number.NaN, base = Number.NaN] = [...read.values()].map((tensor) => tensor.item());
    checkCount("loadStateDict", "step", step, 0);
    checkAtLeast("loadStateDict", "base", base, 0);
    this.#base = base;
    this.#set(step);
  }

  #set(step: number): void {
    this.optimizer.learningRate = this.curve.rate(step, this.#base);
    if (this.curve.momentum !== undefined) this.optimizer.momentum = this.curve.momentum(step);
    this.#lastStep = step;
  }
}
