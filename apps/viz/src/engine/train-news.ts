/** What the page hears of a training run in the worker, some times a second. */
import type { RunEnd, RunEvent, RunInfo, RunSink, Snapshot, StepRecord } from "@adjoint/nn";

/** What happened since the last news, in its order. */
export interface TrainNews {
  /** Comes once, with the first news. */
  readonly info: RunInfo | null;
  readonly events: readonly RunEvent[];
  /** The snapshots that `events` tell of. */
  readonly snapshots: readonly Snapshot[];
}

/** News go out so often, in milliseconds: twenty times a second. */
const newsEvery = 50;

/** Collects what a journal writes, and sends it on some times a second. */
export class NewsBatch implements RunSink {
  readonly #post: (news: TrainNews) => void;
  #info: RunInfo | null = null;
  #events: RunEvent[] = [];
  #snapshots: Snapshot[] = [];
  #sent: number = performance.now();

  constructor(post: (news: TrainNews) => void) {
    this.#post = post;
  }

  /** The run's description goes out with the first news. */
  begin(info: RunInfo): void {
    this.#info = info;
  }

  step(record: StepRecord): void {
    this.#events.push({ kind: "step", record });
  }

  snapshot(snapshot: Snapshot): void {
    // The journal's arrays are the parameters' own, and the next update writes into them.
    this.#snapshots.push(structuredClone(snapshot));
    this.#events.push({ kind: "snapshot", step: snapshot.step, hasGradients: snapshot.gradients !== null });
  }

  drop(step: number): void {
    this.#events.push({ kind: "drop", step });
  }

  end(status: RunEnd, message: string): void {
    this.#events.push({ kind: "end", status, message });
  }

  /** Sends what there is if the last news are old enough. */
  sendIfDue(): void {
    if (performance.now() - this.#sent >= newsEvery) this.send();
  }

  /** Sends what there is. */
  send(): void {
    this.#post({ info: this.#info, events: this.#events, snapshots: this.#snapshots });
    this.#info = null;
    this.#events = [];
    this.#snapshots = [];
    this.#sent = performance.now();
  }
}
