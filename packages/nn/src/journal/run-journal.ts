/** A run's journal: what a training step was like, and moments of the run kept whole. */
import { ArgumentError, checkOptions } from "@adjoint/tensor";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Parameter } from "../parameter.ts";
import type { RunEnd, StepNorms, StepRecord } from "./run-event.ts";
import type { RunParameter } from "./run-info.ts";
import { type Snapshot, type SnapshotTensor, snapshotTensor } from "./snapshot.ts";
import { SnapshotSchedule } from "./snapshot-steps.ts";
import { UpdateNorms } from "./update-norms.ts";

/**
 * Where a journal's entries go: a file, a page. Called in the order in which things happen; of one step `drop`, then
 * `snapshot`, then `step`, so that whoever knows of a step knows of its snapshot.
 */
export interface RunSink {
  step(record: StepRecord): void;
  /** Its arrays are the parameters' own memory: encode or copy them before this returns. */
  snapshot(snapshot: Snapshot): void;
  /** The snapshot of `step` is no longer among the 64. */
  drop(step: number): void;
  /** Nothing follows. */
  end(status: RunEnd, message: string): void;
}

/** Settings of a journal. */
export interface RunJournalOptions {
  /** How long the run will be: spares the writing of snapshots that would be dropped again. Default null, unknown. */
  readonly plannedSteps?: number | null;
  /**
   * Measure the norms in steps 1, 1 + n, 1 + 2n, …. Default 1: in each. A measurement reads each gradient and each
   * parameter twice, about 4 ns an element.
   */
  readonly normsEvery?: number;
}

/** What a training loop knows of its step. */
export interface StepMeasures {
  /** The loss of the step's batch. */
  readonly loss: number;
  /** Share of the batch that was right, 0 to 1. */
  readonly accuracy?: number;
}

/**
 * Keeps the journal of a run. It stands where the loop has `optimizer.step()`, changes no number of the training, and
 * keeps none itself: entries go to the sink.
 *
 * @example
 * const journal = new RunJournal(model.namedParameters(), sink);
 * for (const { images, labels } of batches) {
 *   optimizer.zeroGrad();
 *   const loss = crossEntropy(model.forward(images), labels);
 *   loss.backward();
 *   journal.step(optimizer, { loss: loss.item() });
 * }
 * journal.end("completed");
 */
export class RunJournal {
  readonly #named: readonly (readonly [string, Parameter])[];
  readonly #sink: RunSink;
  readonly #schedule: SnapshotSchedule;
  readonly #norms: UpdateNorms;
  readonly #normsEvery: number;
  #steps = 0;
  #ended = false;

  /**
   * @param parameters with their names, as `namedParameters` gives them.
   * @throws {ArgumentError} if normsEvery is not a whole number of at least 1, or an option is unknown.
   */
  constructor(
    parameters: Iterable<readonly [string, Parameter]>,
    sink: RunSink,
    options: RunJournalOptions = {},
  ) {
    checkOptions("RunJournal", options, ["plannedSteps", "normsEvery"]);
    const { plannedSteps = null, normsEvery = 1 } = options;
    if (!Number.isInteger(normsEvery) || normsEvery < 1) {
      const remedy = "Give a whole number of at least 1.";
      throw new ArgumentError("RunJournal", "normsEvery", `normsEvery is ${normsEvery}.`, remedy);
    }
    this.#named = [...parameters];
    this.#sink = sink;
    this.#schedule = new SnapshotSchedule(plannedSteps);
    this.#norms = new UpdateNorms(this.#named.map(([, parameter]) => parameter));
    this.#normsEvery = normsEvery;
  }

  /** The number of steps that were made. */
  get steps(): number {
    return this.#steps;
  }

  /** The parameters as a run's description lists them. */
  get parameters(): RunParameter[] {
    return this.#named.map(([name, { shape, dtype }]) => ({ name, shape, dtype }));
  }

  /**
   * Makes a step of the optimizer, whose gradients are there, and writes down what it was like.
   *
   * @throws {ArgumentError} after `end`.
   */
  step(optimizer: Optimizer, measures: StepMeasures): void {
    this.#checkOpen("step");
    this.#steps++;
    this.#keepSnapshot();
    const norms = this.#update(optimizer);
    const { loss, accuracy = null } = measures;
    this.#sink.step({ step: this.#steps, loss, learningRate: optimizer.learningRate, accuracy, norms });
  }

  /**
   * Ends the journal with the snapshot of what the run leaves behind.
   *
   * @param message why it failed.
   * @throws {ArgumentError} if it was ended before.
   */
  end(status: RunEnd, message: string = ""): void {
    this.#checkOpen("end");
    this.#ended = true;
    this.#sink.snapshot({ step: this.#steps + 1, parameters: this.#values(), gradients: null });
    this.#sink.end(status, message);
  }

  #keepSnapshot(): void {
    const { keep, drop } = this.#schedule.advance();
    for (const step of drop) this.#sink.drop(step);
    if (!keep) return;
    const gradients = new Map<string, SnapshotTensor>();
    for (const [name, { grad }] of this.#named) {
      if (grad !== null) gradients.set(name, snapshotTensor(grad.value));
    }
    this.#sink.snapshot({ step: this.#steps, parameters: this.#values(), gradients });
  }

  #update(optimizer: Optimizer): StepNorms | null {
    if ((this.#steps - 1) % this.#normsEvery !== 0) {
      optimizer.step();
      return null;
    }
    this.#norms.begin();
    optimizer.step();
    return this.#norms.end();
  }

  #values(): Map<string, SnapshotTensor> {
    return new Map(this.#named.map(([name, { value }]) => [name, snapshotTensor(value)]));
  }

  #checkOpen(op: string): void {
    if (!this.#ended) return;
    throw new ArgumentError(
      op,
      "journal",
      "the journal has ended.",
      "Make a new RunJournal for another run.",
    );
  }
}
