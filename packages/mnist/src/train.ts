// The training loop, on the eager tape: each step makes a graph, walks it back, and lets it go.
import { setImmediate as eventLoopTurn } from "node:timers/promises";
import { scope, type Variable } from "@adjoint/autograd";
import type { Trace } from "@adjoint/autograd/graph";
import { CrossEntropyLoss, type Curve, type RunJournal, type Sequential, SGD } from "@adjoint/nn";
import { type Batch, gatherBatch, type Split, splitSet } from "./batches.ts";
import { classCount, type DigitSet, imagePixels } from "./dataset.ts";
import { argmaxRow, evaluate } from "./evaluate.ts";
import { type JournalRequest, openJournal } from "./journal-request.ts";
import type { EpochRecord } from "./metrics.ts";
import { type Architecture, buildNetwork } from "./network.ts";
import { SettingsError, type TrainSettings } from "./options.ts";
import type { StepProgress } from "./progress.ts";
import { type RandomStreams, randomStreams } from "./random-streams.ts";
import { curveOf } from "./schedule.ts";
import { traceStep } from "./step-trace.ts";

/** What a training run may be given besides its settings; none of it changes a number. */
export interface TrainOptions {
  /** Ends the training after the step in progress. */
  readonly signal?: AbortSignal;
  readonly onStep?: (progress: StepProgress) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
  /** Record this step, counted over all epochs from 1; null for the last. Left out: none. */
  readonly traceStep?: number | null;
  /** Keep a journal of the run. */
  readonly journal?: JournalRequest;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/** A trained network, and what was measured on the way. */
export interface TrainResult {
  readonly network: Sequential;
  readonly architecture: Architecture;
  readonly status: "completed" | "interrupted";
  /** The epochs that were finished. */
  readonly epochs: readonly EpochRecord[];
  /** Loss of each step's batch in nats, before its update. */
  readonly stepLosses: readonly number[];
  /** The step that was recorded, if it was asked for and the run came so far. */
  readonly trace: Trace | null;
  readonly trainImages: number;
  readonly validationImages: number;
  /** Steps and validations together. */
  readonly seconds: number;
  /** Training images a second, without the validations. */
  readonly imagesPerSecond: number;
}

/** Thrown when the loss is no longer a number. */
export class DivergenceError extends Error {
  readonly epoch: number;
  readonly step: number;

  constructor(epoch: number, step: number, loss: number, learningRate: number) {
    super(
      `[train] the loss became ${loss} in step ${step} of epoch ${epoch}, with --learning-rate ${learningRate}. ` +
        `Give a smaller one, --learning-rate ${Number((learningRate / 10).toPrecision(2))} for example.`,
    );
    this.name = "DivergenceError";
    this.epoch = epoch;
    this.step = step;
  }
}

/** The network that the settings describe: 784 inputs, the hidden layers, 10 outputs. */
export function architectureOf(settings: TrainSettings): Architecture {
  const { hidden, activation, dropout } = settings;
  return { layers: [imagePixels, ...hidden, classCount], activation, dropout };
}

/**
 * Trains a network on the training images by stochastic gradient descent on the mean cross-entropy of each batch.
 * The settings alone decide the numbers: neither the clock nor the callbacks nor the event loop has a part in them.
 *
 * @throws SettingsError when the validation split leaves nothing to train on, or a step shall be recorded that is beyond
 * the last
 * @throws DivergenceError when a loss is NaN or infinite
 */
export async function train(
  images: DigitSet,
  settings: TrainSettings,
  options: TrainOptions = {},
): Promise<TrainResult> {
  const streams = randomStreams(settings.seed);
  const split = splitSet(images, settings.limit, settings.validationSplit, (n) =>
    streams.split.permutation(n).toTypedArray(),
  );
  const run = new TrainingRun(settings, streams, split, options);
  try {
    for (let epoch = 1; epoch <= settings.epochs && !run.stopped; epoch++) await run.epoch(epoch);
  } catch (error) {
    run.fail(error);
    throw error;
  }
  return run.result();
}

// How long the loop holds the event loop: Ctrl-C and the progress bar wait for no more than this.
const turnMilliseconds = 40;

class TrainingRun {
  readonly #settings: TrainSettings;
  readonly #streams: RandomStreams;
  readonly #split: Split;
  readonly #options: TrainOptions;
  readonly #now: () => number;
  readonly #architecture: Architecture;
  readonly #network: Sequential;
  readonly #criterion: CrossEntropyLoss = new CrossEntropyLoss();
  readonly #optimizer: SGD;
  readonly #stepsPerEpoch: number;
  readonly #curve: Curve;
  readonly #epochs: EpochRecord[] = [];
  readonly #stepLosses: number[] = [];
  readonly #journal: RunJournal | null;
  readonly #tracedStep: number | null;
  #trace: Trace | null = null;
  readonly #started: number;
  #stepMilliseconds = 0;
  #stepImages = 0;
  #lastTurn: number;

  constructor(settings: TrainSettings, streams: RandomStreams, split: Split, options: TrainOptions) {
    this.#settings = settings;
    this.#streams = streams;
    this.#split = split;
    this.#options = options;
    this.#now = options.now ?? ((): number => performance.now());
    this.#architecture = architectureOf(settings);
    this.#network = buildNetwork(this.#architecture, {
      initialization: settings.initialization,
      generator: streams.weights,
      dropout: streams.dropout,
    });
    const { learningRate, momentum, nesterov, weightDecay } = settings;
    this.#optimizer = new SGD(this.#network.parameters(), { learningRate, momentum, nesterov, weightDecay });
    this.#stepsPerEpoch = Math.ceil(split.train.count / settings.batchSize);
    const steps = settings.epochs * this.#stepsPerEpoch;
    this.#curve = curveOf(settings.schedule, steps);
    this.#tracedStep = tracedStep(options.traceStep, steps);
    const { layers } = this.#architecture;
    const run = { layers, plannedSteps: steps, stepsPerEpoch: this.#stepsPerEpoch };
    this.#journal = options.journal === undefined ? null : openJournal(options.journal, this.#network, run);
    this.#started = this.#now();
    this.#lastTurn = this.#started;
  }

  get stopped(): boolean {
    return this.#options.signal?.aborted ?? false;
  }

  /** One pass over the training images in a new order; it is recorded only when it was not stopped. */
  async epoch(epoch: number): Promise<void> {
    const order = this.#streams.order.permutation(this.#split.train.count).toTypedArray();
    const sums = { images: 0, loss: 0, correct: 0, milliseconds: 0 };
    for (let step = 0; step < this.#stepsPerEpoch; step++) {
      const begun = this.#now();
      const start = step * this.#settings.batchSize;
      const batch = gatherBatch(this.#split.train, order.subarray(start, start + this.#settings.batchSize));
      const { loss, correct } = this.#step(batch, epoch, step);
      const size = batch.classes.length;
      sums.images += size;
      sums.loss += size * loss;
      sums.correct += correct;
      sums.milliseconds += this.#now() - begun;
      this.#report(epoch, step + 1, sums);
      await this.#turn();
      if (this.stopped) break;
    }
    this.#stepMilliseconds += sums.milliseconds;
    this.#stepImages += sums.images;
    if (sums.images === this.#split.train.count) this.#record(epoch, sums);
  }

  /** The run has ended with an error. */
  fail(error: unknown): void {
    this.#journal?.end("failed", error instanceof Error ? error.message : String(error));
  }

  result(): TrainResult {
    const status = this.#epochs.length === this.#settings.epochs ? "completed" : "interrupted";
    this.#journal?.end(status);
    return {
      network: this.#network,
      architecture: this.#architecture,
      status,
      epochs: this.#epochs,
      stepLosses: this.#stepLosses,
      trace: this.#trace,
      trainImages: this.#split.train.count,
      validationImages: this.#split.validation.count,
      seconds: (this.#now() - this.#started) / 1000,
      imagesPerSecond: rate(this.#stepImages, this.#stepMilliseconds),
    };
  }

  #step(batch: Batch, epoch: number, step: number): { loss: number; correct: number } {
    const { learningRate } = this.#settings;
    this.#optimizer.learningRate = this.#curve.rate(this.#stepLosses.length, learningRate);
    this.#optimizer.zeroGrad();
    const isTraced = this.#stepLosses.length + 1 === this.#tracedStep;
    const { logits, loss } = isTraced ? this.#recorded(batch, epoch, step) : this.#forwardAndBackward(batch);
    if (!Number.isFinite(loss)) throw new DivergenceError(epoch, step + 1, loss, learningRate);
    const correct = correctOf(logits, batch);
    if (this.#journal === null) this.#optimizer.step();
    else this.#journal.step(this.#optimizer, { loss, accuracy: correct / batch.classes.length });
    this.#stepLosses.push(loss);
    return { loss, correct };
  }

  #forwardAndBackward(batch: Batch): Pass {
    const logits: Variable = this.#network.forward(batch.images);
    const criterion = scope("loss", "CrossEntropyLoss", () => this.#criterion.forward(logits, batch.labels));
    const loss = criterion.item();
    if (Number.isFinite(loss)) criterion.backward();
    return { logits, loss };
  }

  /** The same with every number written down. */
  #recorded(batch: Batch, epoch: number, step: number): Pass {
    const passes: Pass[] = [];
    const notes = {
      program: "mnist train",
      network: this.#architecture.layers.join("-"),
      step: this.#stepLosses.length + 1,
      epoch,
      stepOfEpoch: step + 1,
      batchSize: batch.classes.length,
      learningRate: this.#optimizer.learningRate,
      seed: this.#settings.seed,
    };
    this.#trace = traceStep(this.#network, batch, notes, () => {
      passes.push(this.#forwardAndBackward(batch));
    });
    return passes[0] as Pass;
  }

  #report(epoch: number, step: number, sums: EpochSums): void {
    const done = this.#stepLosses.length;
    const left = this.#settings.epochs * this.#stepsPerEpoch - done;
    this.#options.onStep?.({
      epoch,
      epochs: this.#settings.epochs,
      step,
      stepsPerEpoch: this.#stepsPerEpoch,
      loss: sums.loss / sums.images,
      accuracy: sums.correct / sums.images,
      imagesPerSecond: rate(sums.images, sums.milliseconds),
      secondsLeft: (((this.#now() - this.#started) / done) * left) / 1000,
    });
  }

  async #turn(): Promise<void> {
    if (this.#now() - this.#lastTurn < turnMilliseconds) return;
    await eventLoopTurn();
    this.#lastTurn = this.#now();
  }

  #record(epoch: number, sums: EpochSums): void {
    const { validation } = this.#split;
    const held = validation.count === 0 ? null : evaluate(this.#network, validation);
    const record: EpochRecord = {
      epoch,
      steps: this.#stepsPerEpoch,
      learningRate: this.#optimizer.learningRate,
      trainLoss: sums.loss / sums.images,
      trainAccuracy: sums.correct / sums.images,
      validationLoss: held?.loss ?? null,
      validationAccuracy: held?.accuracy ?? null,
      seconds: sums.milliseconds / 1000,
      imagesPerSecond: rate(sums.images, sums.milliseconds),
    };
    this.#epochs.push(record);
    this.#options.onEpoch?.(record);
  }
}

/** What one step's batch gave. */
interface Pass {
  readonly logits: Variable;
  readonly loss: number;
}

/** How many of the batch's images the logits `[batch, 10]` put into their class. */
function correctOf(logits: Variable, { classes }: Batch): number {
  const scores = logits.value.toTypedArray();
  let correct = 0;
  for (const [row, label] of classes.entries()) if (argmaxRow(scores, row) === label) correct += 1;
  return correct;
}

/** Which step is recorded: null for none. */
function tracedStep(asked: number | null | undefined, steps: number): number | null {
  if (asked === undefined) return null;
  if (asked === null) return steps;
  if (asked <= steps) return asked;
  throw new SettingsError(
    `[train] --trace-step ${asked} is beyond the last step: the training has ${steps}. ` +
      "Give a smaller one, or leave it out to record the last.",
  );
}

interface EpochSums {
  readonly images: number;
  readonly loss: number;
  readonly correct: number;
  readonly milliseconds: number;
}

function rate(images: number, milliseconds: number): number {
  return milliseconds > 0 ? (1000 * images) / milliseconds : 0;
}
