/** Trains a program of the page, and records any step of such a run. */
import type { Trace } from "@adjoint/autograd/graph";
import { RunJournal, type Snapshot } from "@adjoint/nn";
import { fromTypedArray } from "@adjoint/tensor";
import { descend, optimizerOf, type Program, recordPass } from "../programs/program.ts";
import { type ProgramSettings, programOf } from "../programs/programs.ts";
import type { Task, TaskContext } from "./task.ts";
import { mostTrainedSteps } from "./train-limit.ts";
import { NewsBatch, type TrainNews } from "./train-news.ts";

/** A run that the page asks for. */
export interface TrainInput {
  readonly settings: ProgramSettings;
  /** How many steps: 1 to 5000. */
  readonly steps: number;
}

/** A step of a run that the page asks for. */
export interface RecordAtInput {
  readonly settings: ProgramSettings;
  /** Counted from 1, as in `StepRecord`: the first step is that of the weights as they were drawn. */
  readonly step: number;
  /** Where training begins again: a snapshot of the same run, at or before `step`; null for its beginning. */
  readonly from: Snapshot | null;
}

/** So long the worker computes before it looks for messages, in milliseconds. */
const breathEvery = 8;

/**
 * Trains a program for a number of steps of plain gradient descent. What each step was like, and the snapshots, go out as
 * progress; the answer comes when all has gone out.
 *
 * @throws {RangeError} if there is nothing to train, or the number of steps is not from 1 to 5000.
 */
export const trainTask: Task<TrainInput, void, TrainNews> = async ({ settings, steps }, context) => {
  checkSteps("train", steps, mostTrainedSteps);
  const { program, optimizer, parameters } = trainable(settings);
  const news = new NewsBatch((batch) => context.progress(batch));
  const journal = new RunJournal(parameters, news, { plannedSteps: steps });
  news.begin({
    id: String(new URLSearchParams([...settings, ["train", String(steps)]])),
    title: settings.get("program") ?? "",
    notes: Object.fromEntries(settings),
    parameters: journal.parameters,
    plannedSteps: steps,
    stepsPerEpoch: null,
    normsEvery: 1,
  });
  const breathe = breather(context);
  for (let step = 0; step < steps; step++) {
    const loss = descend(program, optimizer).item();
    const accuracy = program.accuracy?.();
    journal.step(optimizer, accuracy === undefined ? { loss } : { loss, accuracy });
    news.sendIfDue();
    await breathe();
  }
  journal.end("completed");
  news.send();
};

/**
 * Records a step of a run that `train` makes, by training from `from` to it once more: the numbers are, to the last bit,
 * those of `recordStep(program, step − 1)`, for plain gradient descent keeps nothing but the weights.
 *
 * @throws {RangeError} if there is nothing to train, or `from` is of a later step.
 */
export const recordAtTask: Task<RecordAtInput, Trace> = async ({ settings, step, from }, context) => {
  const { program, optimizer } = trainable(settings);
  const first = from?.step ?? 1;
  if (from !== null && first > step) {
    throw new RangeError(
      `[recordAt] the snapshot is of step ${first}, after step ${step}. Give one at or before it.`,
    );
  }
  checkSteps("recordAt", step - first + 1, mostTrainedSteps + 1);
  // Leaves are made when a network first runs, and from then on the sweep visits them in another order than that time.
  if (first > 1) descend(program, optimizer);
  if (from !== null) restore(program, from);
  const breathe = breather(context);
  for (let at = first; at < step; at++) {
    descend(program, optimizer);
    optimizer.step();
    await breathe();
  }
  return recordPass(program, Object.fromEntries([...settings, ["steps", String(step - 1)]]));
};

/** Puts the snapshot's numbers into the program's network. */
function restore({ model }: Program, { parameters }: Snapshot): void {
  const tensors = [...parameters].map(
    ([name, { data, shape }]) => [name, fromTypedArray(data, shape)] as const,
  );
  model?.loadStateDict(new Map(tensors));
}

function trainable(settings: ProgramSettings): {
  readonly program: Program;
  readonly optimizer: NonNullable<ReturnType<typeof optimizerOf>>;
  readonly parameters: ReturnType<NonNullable<Program["model"]>["namedParameters"]>;
} {
  const program = programOf(settings);
  const optimizer = optimizerOf(program);
  if (program.model === null || optimizer === null) {
    throw new RangeError(
      `[train] the program "${settings.get("program")}" has no parameters. Choose one with a network.`,
    );
  }
  return { program, optimizer, parameters: program.model.namedParameters() };
}

function checkSteps(op: string, steps: number, most: number): void {
  if (Number.isInteger(steps) && steps >= 1 && steps <= most) return;
  throw new RangeError(`[${op}] steps is ${steps}. Give a whole number from 1 to ${most}.`);
}

/** Lets messages in when the worker has computed for long enough. */
function breather(context: TaskContext<never>): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < breathEvery) return;
    await context.breathe();
    last = performance.now();
  };
}
