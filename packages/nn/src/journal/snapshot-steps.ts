/**
 * Which steps of a run are kept whole: at most 63, spaced logarithmically, so that with the state after the last step
 * there are never more than 64.
 *
 * The rule. G(m) = {⌈2^(i/m)⌉ : i = 0, 1, 2, …} has m steps in each octave, less those that coincide among the small
 * ones. Of a run of T steps, G(m) ∩ [1, T] is kept for the largest m of 64, 32, … 1 with which that are at most 63.
 *
 * What follows. (a) The choice depends on T alone and on no measured number, so it is deterministic and favours no loss.
 * (b) G(m) ⊂ G(2m), since i/m = 2i/2m: as T grows, steps are dropped and none would have to come back. (c) Step 1 is in
 * every G(m) (i = 0). (d) After a kept step a the next one is at most ⌈a·2^(1/m)⌉, for 2^(i/m) ≤ a. (e) From T = 64 on at
 * least 32 are kept: G(2m) has at most twice as many as G(m), and 64 or more is why m was taken and not 2m. (f) Up to
 * T = 63 all are kept. (g) With m = 1 there are 1 + ⌊log2 T⌋ of them, at most 53 for every safe integer.
 */

/** The most full snapshots that a run has at any time, with the state after its last step. */
export const mostSnapshots = 64;

const mostOfSteps = mostSnapshots - 1;
const densest = 64;

/** The steps of a run of `steps` steps, counted from 1, whose snapshots are kept; ascending. */
export function snapshotSteps(steps: number): number[] {
  for (let density = densest; density >= 1; density /= 2) {
    const kept = gridUpTo(steps, density);
    if (kept.length <= mostOfSteps) return kept;
  }
  return [];
}

/** What a new step changes in the snapshots that are kept. */
export interface SnapshotChange {
  /** Whether the new step's snapshot is kept. */
  readonly keep: boolean;
  /** Earlier steps whose snapshots are no longer kept. */
  readonly drop: readonly number[];
}

/** The rule step by step: after `advance` was called T times, `kept` are `snapshotSteps(T)`. */
export class SnapshotSchedule {
  #density: number;
  #kept: number[] = [];
  #step = 0;

  /**
   * @param plannedSteps how long the run will be, if that is known: what a run of that length does not keep is then not
   * even written. A run that becomes longer thins out as any other.
   */
  constructor(plannedSteps: number | null = null) {
    this.#density = plannedSteps === null ? densest : densityFor(plannedSteps);
  }

  /** The steps that are kept, ascending. */
  get kept(): readonly number[] {
    return this.#kept;
  }

  /** The next step, of 1, 2, 3 …. */
  advance(): SnapshotChange {
    const step = ++this.#step;
    const before = this.#kept;
    while (onGrid(step, this.#density) && this.#kept.length === mostOfSteps) {
      this.#density /= 2;
      this.#kept = this.#kept.filter((earlier) => onGrid(earlier, this.#density));
    }
    const drop = before.filter((earlier) => !this.#kept.includes(earlier));
    const keep = onGrid(step, this.#density);
    if (keep) this.#kept.push(step);
    return { keep, drop };
  }
}

function densityFor(steps: number): number {
  let density = densest;
  while (density > 1 && gridUpTo(steps, density).length > mostOfSteps) density /= 2;
  return density;
}

/** G(density) ∩ [1, steps]. */
function gridUpTo(steps: number, density: number): number[] {
  const kept = new Set<number>();
  for (let i = 0; ; i++) {
    const step = Math.ceil(2 ** (i / density));
    if (step > steps) return [...kept];
    kept.add(step);
  }
}

/** Whether `step` is in G(density): ⌈2^(i/density)⌉ for the i around density · log2(step). */
function onGrid(step: number, density: number): boolean {
  const near = Math.floor(density * Math.log2(step));
  return [near - 1, near, near + 1].some((i) => i >= 0 && Math.ceil(2 ** (i / density)) === step);
}
