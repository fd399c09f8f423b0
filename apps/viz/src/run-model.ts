/**
 * A training run as the page knows it, live or finished, of the command line or of a worker of this page: what each step
 * was like, and the moments that are kept whole. Whoever hears of a run feeds a `RunModel`; whoever shows it reads a `Run`.
 */
import type { RunEnd, RunEvent, RunInfo, Snapshot } from "@adjoint/nn";
import { lastAtMost, RunSeries } from "./run-series.ts";

/** What the run is doing: `reconnecting` when its source was lost and is sought again. */
export type RunState = "running" | "reconnecting" | RunEnd;

/** A snapshot that can be asked for. */
export interface SnapshotEntry {
  /** The step whose parameters, before its update, and gradients it holds; one above the last for the run's end. */
  readonly step: number;
  /** False for the parameters that the run leaves behind. */
  readonly hasGradients: boolean;
}

/** A run, to be read. */
export interface Run {
  readonly info: RunInfo;
  readonly state: RunState;
  /** Why it failed; empty otherwise. */
  readonly message: string;
  /** The statistics of the steps. */
  readonly series: RunSeries;
  /** The snapshots there are, at most 64, by step. */
  readonly snapshots: readonly SnapshotEntry[];
  /**
   * The snapshot of `step`. Those asked for lately are kept, so that scrubbing to and fro asks once.
   *
   * @throws {Error} (rejects) if there is none of that step, or its source does not give it.
   */
  snapshot(step: number): Promise<Snapshot>;
  /** The snapshot of `step`, or the latest before it, or the first; null while there is none. */
  nearest(step: number): SnapshotEntry | null;
  /** `listener` is called after every change, possibly many times in a frame. The result ends that. */
  subscribe(listener: () => void): () => void;
}

/** Where a run's snapshots come from: the server, or the memory of the page. */
export type SnapshotSource = (step: number) => Promise<Snapshot>;

/** So many snapshots are kept by the page when they come from elsewhere. */
const remembered = 16;

/** A run, to be fed. */
export class RunModel implements Run {
  readonly info: RunInfo;
  readonly series: RunSeries;
  readonly #source: SnapshotSource;
  readonly #listeners: Set<() => void> = new Set();
  readonly #memory: Map<number, Promise<Snapshot>> = new Map();
  #snapshots: readonly SnapshotEntry[] = [];
  #state: RunState = "running";
  #message = "";

  constructor(info: RunInfo, source: SnapshotSource) {
    this.info = info;
    this.series = new RunSeries(info);
    this.#source = source;
  }

  get state(): RunState {
    return this.#state;
  }

  get message(): string {
    return this.#message;
  }

  get snapshots(): readonly SnapshotEntry[] {
    return this.#snapshots;
  }

  /** True once the run has ended. */
  get ended(): boolean {
    return this.#state !== "running" && this.#state !== "reconnecting";
  }

  /** Takes an event of the run's log. One that came before changes nothing, so that a log may be read twice. */
  take(event: RunEvent): void {
    switch (event.kind) {
      case "step":
        if (!this.series.add(event.record)) return;
        break;
      case "snapshot":
        this.#setSnapshots([
          ...this.#without(event.step),
          { step: event.step, hasGradients: event.hasGradients },
        ]);
        break;
      case "drop":
        this.#memory.delete(event.step);
        this.#setSnapshots(this.#without(event.step));
        break;
      case "end":
        this.#state = event.status;
        this.#message = event.message;
    }
    this.#changed();
  }

  /** The source was lost (`true`) or found again. An ended run stays ended. */
  reconnecting(on: boolean): void {
    const state = on ? "reconnecting" : "running";
    if (this.ended || this.#state === state) return;
    this.#state = state;
    this.#changed();
  }

  snapshot(step: number): Promise<Snapshot> {
    const known = this.#memory.get(step);
    const asked = known ?? this.#source(step);
    // Once more to the end of the map, whose first is forgotten first.
    this.#memory.delete(step);
    this.#memory.set(step, asked);
    for (const old of [...this.#memory.keys()].slice(0, -remembered)) this.#memory.delete(old);
    if (known === undefined) asked.catch(() => this.#memory.delete(step));
    return asked;
  }

  nearest(step: number): SnapshotEntry | null {
    const at = lastAtMost(
      this.#snapshots.map((entry) => entry.step),
      step,
    );
    return this.#snapshots[Math.max(at, 0)] ?? null;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #without(step: number): SnapshotEntry[] {
    return this.#snapshots.filter((entry) => entry.step !== step);
  }

  #setSnapshots(entries: SnapshotEntry[]): void {
    this.#snapshots = entries.sort((a, b) => a.step - b.step);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
