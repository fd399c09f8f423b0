/** How far the colours of the weights reach: the largest |w| of all snapshots of a run, which no scrubbing changes. */
import type { Run } from "../../run-model.ts";
import { largestMagnitude } from "../../tensor-cells.ts";

/** The largest |w| of one parameter over the snapshots of a run, found as they come. */
export class WeightScale {
  readonly #run: Run;
  readonly #parameter: string;
  readonly #largest: Map<number, number> = new Map();
  #reading: Promise<void> | null = null;

  constructor(run: Run, parameter: string) {
    this.#run = run;
    this.#parameter = parameter;
  }

  /** The largest finite |w| so far; 0 before any. */
  get largest(): number {
    return Math.max(0, ...this.#largest.values());
  }

  /** Of how many snapshots. */
  get snapshots(): number {
    return this.#largest.size;
  }

  /** Reads the snapshots that came since, one after another. */
  update(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    for (;;) {
      const kept = new Set(this.#run.snapshots.map(({ step }) => step));
      for (const step of this.#largest.keys()) if (!kept.has(step)) this.#largest.delete(step);
      const next = [...kept].find((step) => !this.#largest.has(step));
      if (next === undefined) return;
      // One that is dropped meanwhile is passed over.
      const snapshot = await this.#run.snapshot(next).catch(() => null);
      const data = snapshot?.parameters.get(this.#parameter)?.data;
      this.#largest.set(next, data === undefined ? 0 : largestMagnitude(data));
    }
  }
}
