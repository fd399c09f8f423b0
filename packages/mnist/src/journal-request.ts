// What a training is told of the journal that it shall keep.
import { RunJournal, type RunParameter, type RunSink, type Sequential } from "@adjoint/nn";

/** What a run is, before its first step. */
export interface JournalStart {
  /** Widths from input to output. */
  readonly layers: readonly number[];
  readonly parameters: readonly RunParameter[];
  readonly plannedSteps: number;
  readonly stepsPerEpoch: number;
}

/** A journal that is wanted. */
export interface JournalRequest {
  /** Norms are measured in steps 1, 1 + n, 1 + 2n, …. */
  readonly normsEvery: number;
  /** Where the journal goes; called once, when the network is there. */
  readonly sink: (start: JournalStart) => RunSink;
}

/** The journal of a run of `network` that has not begun. */
export function openJournal(
  { normsEvery, sink }: JournalRequest,
  network: Sequential,
  run: Omit<JournalStart, "parameters">,
): RunJournal {
  const named = network.namedParameters();
  const parameters = named.map(([name, { shape, dtype }]) => ({ name, shape, dtype }));
  return new RunJournal(named, sink({ ...run, parameters }), { plannedSteps: run.plannedSteps, normsEvery });
}
