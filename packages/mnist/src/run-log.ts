// A run's log on the disk, as a journal writes it: events.jsonl, to which lines are only added, and a file for each
// snapshot. Whoever reads it needs nothing but these files, while the run goes on and after it. Nothing is flushed to the
// disk step by step: a process that dies loses nothing, and a power cut ends the run anyway.
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import {
  encodeRunEvent,
  encodeRunInfo,
  type RunEnd,
  type RunEvent,
  type RunInfo,
  type RunSink,
  runLogFiles,
  type Snapshot,
  type StepRecord,
  snapshotFileName,
  snapshotFileStep,
  snapshotParts,
} from "@adjoint/nn";

/**
 * Makes the folder of a run's log, without what an earlier run has left there; other files stay.
 *
 * @param folder the run's folder.
 * @returns the folder of the log, `journal` in it.
 * @throws the file system's error (ENOSPC, EACCES, …)
 */
export function prepareRunLog(folder: string): string {
  const journal = join(folder, runLogFiles.folder);
  const snapshots = join(journal, runLogFiles.snapshots);
  mkdirSync(snapshots, { recursive: true });
  for (const name of [runLogFiles.info, runLogFiles.events]) rmSync(join(journal, name), { force: true });
  for (const name of readdirSync(snapshots)) {
    if (snapshotFileStep(name) !== null) rmSync(join(snapshots, name), { force: true });
  }
  return journal;
}

/** Writes a run's log. What goes wrong is told once and stops the log, not the training. */
export class RunLog implements RunSink {
  readonly #journal: string;
  readonly #problem: (message: string) => void;
  #events: number | null;

  /**
   * @param journal a folder that `prepareRunLog` made.
   * @param problem is told why the log stops.
   */
  constructor(journal: string, info: RunInfo, problem: (message: string) => void) {
    this.#journal = journal;
    this.#problem = problem;
    this.#events = openSync(join(journal, runLogFiles.events), "a");
    // Last: a reader that finds the description finds the events too.
    this.#writeWhole(runLogFiles.info, [new TextEncoder().encode(encodeRunInfo(info))]);
  }

  step(record: StepRecord): void {
    this.#attempt(() => this.#append({ kind: "step", record }));
  }

  snapshot(snapshot: Snapshot): void {
    const { step, gradients } = snapshot;
    this.#attempt(() => {
      this.#writeWhole(join(runLogFiles.snapshots, snapshotFileName(step)), snapshotParts(snapshot));
      this.#append({ kind: "snapshot", step, hasGradients: gradients !== null });
    });
  }

  drop(step: number): void {
    this.#attempt(() => {
      this.#append({ kind: "drop", step });
      rmSync(join(this.#journal, runLogFiles.snapshots, snapshotFileName(step)), { force: true });
    });
  }

  end(status: RunEnd, message: string): void {
    this.#attempt(() => this.#append({ kind: "end", status, message }));
    this.#close();
  }

  #append(event: RunEvent): void {
    if (this.#events !== null) appendFileSync(this.#events, `${encodeRunEvent(event)}\n`);
  }

  /** A reader sees the whole file or none: it is written under another name and renamed. */
  #writeWhole(name: string, parts: readonly Uint8Array[]): void {
    const file = join(this.#journal, name);
    const temporary = `${file}.tmp`;
    const opened = openSync(temporary, "w");
    try {
      for (const part of parts) writeAll(opened, part);
    } finally {
      closeSync(opened);
    }
    renameSync(temporary, file);
  }

  #attempt(write: () => void): void {
    if (this.#events === null) return;
    try {
      write();
    } catch (error) {
      this.#close();
      this.#problem(error instanceof Error ? error.message : String(error));
    }
  }

  #close(): void {
    if (this.#events !== null) closeSync(this.#events);
    this.#events = null;
  }
}

/** One call may write less than it was given. */
function writeAll(file: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done);
}
