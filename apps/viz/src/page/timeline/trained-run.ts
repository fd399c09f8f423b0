/** A run that the worker of this page trains, as a run that can be shown. Its snapshots lie in the page's memory. */

import type { Snapshot } from "@adjoint/nn";
import type { EngineTasks } from "../../engine/tasks.ts";
import type { TrainNews } from "../../engine/train-news.ts";
import type { TrainInput } from "../../engine/train-task.ts";
import { RunModel } from "../../run-model.ts";
import type { Engine } from "../engine.ts";

/**
 * Trains, and feeds a run that `begun` is given before its first step. An aborted run ends as interrupted, with the steps
 * that had been heard of.
 *
 * @throws {EngineError} (rejects) what the training threw.
 */
export async function trainRun(
  engine: Engine<EngineTasks>,
  input: TrainInput,
  signal: AbortSignal,
  begun: (run: RunModel) => void,
): Promise<void> {
  const kept = new Map<number, Snapshot>();
  let run: RunModel | null = null;
  const hear = ({ info, events, snapshots }: TrainNews): void => {
    for (const snapshot of snapshots) kept.set(snapshot.step, snapshot);
    if (info !== null) {
      run = new RunModel(info, async (step) => found(kept, step));
      begun(run);
    }
    for (const event of events) {
      if (event.kind === "drop") kept.delete(event.step);
      run?.take(event);
    }
  };
  try {
    await engine.ask("train", input, { signal, progress: hear });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // What `hear` assigned, the compiler does not see.
    const begunRun = run as RunModel | null;
    begunRun?.take(
      signal.aborted
        ? { kind: "end", status: "interrupted", message: "" }
        : { kind: "end", status: "failed", message },
    );
    if (!signal.aborted) throw error;
  }
}

function found(kept: ReadonlyMap<number, Snapshot>, step: number): Snapshot {
  const snapshot = kept.get(step);
  if (snapshot !== undefined) return snapshot;
  throw new Error(`[viz] there is no snapshot of step ${step}. Take one of the run's list.`);
}
