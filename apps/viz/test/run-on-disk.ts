/** A run's log on the disk for tests, written as the command line writes it, at the test's own pace. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  encodeRunEvent,
  encodeRunInfo,
  encodeSnapshot,
  type RunEvent,
  type RunInfo,
  runLogFiles,
  type Snapshot,
  type StepRecord,
  snapshotFileName,
} from "@adjoint/nn";

/** The run's description. */
export function infoOf(id: string): RunInfo {
  return {
    id,
    title: "a test",
    notes: { learningRate: "0.1" },
    parameters: [{ name: "0.weight", shape: [2, 2], dtype: "float32" }],
    plannedSteps: null,
    stepsPerEpoch: null,
    normsEvery: 2,
  };
}

/** A step whose numbers have as many digits as numbers have; norms in every other one. */
export function recordOf(step: number): StepRecord {
  const norms = {
    gradient: Math.sqrt(step),
    gradients: [1 / step],
    updateRatios: [Number.POSITIVE_INFINITY],
  };
  return {
    step,
    loss: step === 3 ? Number.NaN : Math.exp(-step / 7),
    learningRate: 0.1 / step,
    accuracy: step / 64,
    norms: step % 2 === 1 ? norms : null,
  };
}

/** A snapshot with a NaN and a −0 in it. */
export function snapshotOf(step: number): Snapshot {
  const data = Float32Array.of(step, -0, Number.NaN, 1 / 3);
  const parameters = new Map([["0.weight", { shape: [2, 2], data }]]);
  return { step, parameters, gradients: parameters };
}

/** A folder with a run in it. */
export class RunOnDisk {
  readonly folder: string = mkdtempSync(join(tmpdir(), "adjoint-run-"));
  readonly #journal: string = join(this.folder, runLogFiles.folder);
  readonly #events: string = join(this.#journal, runLogFiles.events);

  /** Begins a run, in the place of the one before. */
  begin(id: string): this {
    mkdirSync(join(this.#journal, runLogFiles.snapshots), { recursive: true });
    rmSync(this.#events, { force: true });
    writeFileSync(this.#events, "");
    writeFileSync(join(this.#journal, runLogFiles.info), encodeRunInfo(infoOf(id)));
    return this;
  }

  /** Adds these very characters to the events. */
  append(text: string): this {
    appendFileSync(this.#events, text);
    return this;
  }

  event(event: RunEvent): this {
    return this.append(`${encodeRunEvent(event)}\n`);
  }

  /** Adds the steps from `first` to `last`. */
  steps(first: number, last: number): this {
    for (let step = first; step <= last; step++) this.event({ kind: "step", record: recordOf(step) });
    return this;
  }

  snapshot(step: number): this {
    writeFileSync(this.file(snapshotFileName(step)), encodeSnapshot(snapshotOf(step)));
    return this.event({ kind: "snapshot", step, hasGradients: true });
  }

  /** A path among the snapshots. */
  file(name: string): string {
    return join(this.#journal, runLogFiles.snapshots, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
