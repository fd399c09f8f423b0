// What is seen while training: in a terminal a bar for the epoch and a line for each finished one, elsewhere lines only.
import cliProgress from "cli-progress";
import type { EpochRecord } from "./metrics.ts";
import { formatPercent, formatSeconds, formatWhole } from "./number-format.ts";

/** Where text goes; `process.stdout` is one. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** How far the training is, after a step. */
export interface StepProgress {
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps made in this epoch. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** Means of the epoch so far. */
  readonly loss: number;
  readonly accuracy: number;
  readonly imagesPerSecond: number;
  /** Estimated for the rest of the whole training. */
  readonly secondsLeft: number;
}

/** Shows the progress of a training. */
export interface ProgressView {
  readonly step: (progress: StepProgress) => void;
  readonly epoch: (record: EpochRecord) => void;
  /** Takes the bar away; to be called whatever happens. */
  readonly stop: () => void;
}

/** The view that fits the stream: nothing when quiet, a bar in a terminal, else plain lines. */
export function progressView(stream: OutputStream, epochs: number, quiet: boolean): ProgressView {
  if (quiet) return { step: () => undefined, epoch: () => undefined, stop: () => undefined };
  return stream.isTTY === true ? barView(stream, epochs) : lineView(stream, epochs);
}

/** The line of a finished epoch. */
export function epochLine(record: EpochRecord, epochs: number): string {
  const width = String(epochs).length;
  const validation =
    record.validationLoss === null
      ? ""
      : `   validation ${record.validationLoss.toFixed(4)} ${formatPercent(record.validationAccuracy)}`;
  return (
    `epoch ${String(record.epoch).padStart(width)}/${epochs}   loss ${record.trainLoss.toFixed(4)}   ` +
    `accuracy ${formatPercent(record.trainAccuracy)}${validation}   ` +
    `${formatWhole(record.imagesPerSecond)} images/s   ${formatSeconds(record.seconds)}`
  );
}

function lineView(stream: OutputStream, epochs: number): ProgressView {
  return {
    step: () => undefined,
    epoch: (record) => stream.write(`${epochLine(record, epochs)}\n`),
    stop: () => undefined,
  };
}

function barView(stream: OutputStream, epochs: number): ProgressView {
  let bar: cliProgress.SingleBar | null = null;
  const stop = (): void => {
    bar?.stop();
    bar = null;
  };
  return {
    step: (progress) => {
      bar ??= startBar(stream, progress.stepsPerEpoch, barFields(progress));
      bar.update(progress.step, barFields(progress));
    },
    epoch: (record) => {
      stop();
      stream.write(`${epochLine(record, epochs)}\n`);
    },
    stop,
  };
}

function barFields(progress: StepProgress): Record<string, string> {
  return {
    epoch: `${progress.epoch}/${progress.epochs}`,
    loss: progress.loss.toFixed(4),
    accuracy: formatPercent(progress.accuracy),
    speed: formatWhole(progress.imagesPerSecond),
    left: formatSeconds(progress.secondsLeft),
  };
}

function startBar(
  stream: OutputStream,
  total: number,
  fields: Record<string, string>,
): cliProgress.SingleBar {
  const roomy = (stream.columns ?? 80) >= 96;
  const bar = new cliProgress.SingleBar({
    stream,
    format: "epoch {epoch} {bar} loss {loss}  accuracy {accuracy}  {speed} images/s  {left} left",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: roomy ? 24 : 8,
    fps: 12,
    hideCursor: true,
    clearOnComplete: true,
    // The command line has its own handler, which saves first.
    gracefulExit: false,
  });
  bar.start(total, 0, fields);
  return bar;
}
