// `train`: read, train, test, save; Ctrl-C shortens the training and nothing else.
import { join, resolve } from "node:path";
import { atomicWrite } from "./atomic-write.ts";
import { confusionMatrix } from "./confusion.ts";
import { classCount, type Dataset, loadDataset } from "./dataset.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { watchInterrupt } from "./interrupt.ts";
import { LiveRun, liveRequest, type RawLiveOptions } from "./live.ts";
import { metricsJson, type RunRecord } from "./metrics.ts";
import { encodeModel } from "./model-file.ts";
import { parameterCount } from "./network.ts";
import { formatPercent, formatSeconds, formatWhole } from "./number-format.ts";
import { parseTrainSettings, type RawTrainOptions, type TrainSettings } from "./options.ts";
import { progressView } from "./progress.ts";
import { renderReport } from "./report/report.ts";
import { makeRunFolder, runFiles } from "./run-folder.ts";
import {
  type RawTraceOptions,
  type TraceRequest,
  traceRequest,
  type WrittenTrace,
  writeTrace,
} from "./step-trace.ts";
import type { Terminal } from "./terminal.ts";
import { architectureOf, type TrainResult, train } from "./train.ts";
import { versions } from "./versions.ts";

/** Options of `train` as the command line gives them. */
export interface TrainCommandOptions extends RawTrainOptions, RawTraceOptions, RawLiveOptions {
  readonly data?: string;
  readonly verify: boolean;
  readonly out?: string;
  readonly quiet?: boolean;
}

/**
 * Runs `train` and returns the exit code: 0, or 130 after Ctrl-C.
 *
 * @throws OptionError, SettingsError, DatasetError, IdxError, RunFolderError, InspectorError or DivergenceError, before anything is saved
 */
export async function trainCommand(options: TrainCommandOptions, terminal: Terminal): Promise<number> {
  const settings = parseTrainSettings(options);
  const watching = liveRequest(options, terminal.output.isTTY === true);
  const startedAt = terminal.date();
  const say = (line: string): void => void (options.quiet === true || terminal.output.write(`${line}\n`));
  const folder = options.data === undefined ? {} : { folder: resolve(terminal.cwd, options.data) };
  const data = await loadDataset({ ...folder, verify: options.verify });
  const tracing = await traceRequest(options, terminal.cwd);
  const out = await makeRunFolder(options.out, terminal.cwd, startedAt);
  say(introduction(settings, data));
  const live = watching === null ? null : await LiveRun.start(watching, out);
  if (live !== null) say(`The inspector shows the run at ${live.address}`);

  const watch = watchInterrupt(terminal.signals, () => terminal.quit(130));
  try {
    const quiet = options.quiet === true;
    const result = await trainWithProgress(settings, data, quiet, terminal, watch.signal, tracing, live);
    if (result.status === "interrupted") {
      say(
        `\nStopped by Ctrl-C in epoch ${result.epochs.length + 1} of ${settings.epochs}. Saving what there is.`,
      );
    }
    const test = evaluate(result.network, data.test);
    const run = runRecord(settings, data, result, test, startedAt);
    const written = await save(out, run, result, data, test);
    const traced = tracing === null || result.trace === null ? null : await writeTrace(tracing, result.trace);
    terminal.output.write(conclusion(run, written, traceLine(tracing, traced, result) + liveLine(live, out)));
    await live?.linger(watch.signal, terminal.output);
    return result.status === "interrupted" ? 130 : 0;
  } catch (error) {
    if (live !== null) say(liveLine(live, out).trimEnd());
    throw error;
  } finally {
    watch.release();
    await live?.stop();
  }
}

async function trainWithProgress(
  settings: TrainSettings,
  data: Dataset,
  quiet: boolean,
  terminal: Terminal,
  signal: AbortSignal,
  tracing: TraceRequest | null,
  live: LiveRun | null,
): Promise<TrainResult> {
  const view = progressView(terminal.output, settings.epochs, quiet);
  try {
    return await train(data.train, settings, {
      signal,
      onStep: view.step,
      onEpoch: view.epoch,
      ...(tracing === null ? {} : { traceStep: tracing.step }),
      ...(live === null ? {} : { journal: live.journal(settings) }),
    });
  } finally {
    view.stop();
  }
}

function introduction(settings: TrainSettings, data: Dataset): string {
  const images = formatWhole(Math.min(settings.limit ?? data.train.count, data.train.count));
  const epochs = settings.epochs === 1 ? "1 epoch" : `${settings.epochs} epochs`;
  const kind = data.original ? "MNIST" : `the data in ${data.folder}`;
  const network = architectureOf(settings).layers.join("-");
  return `Training ${network} on ${images} images of ${kind}: ${epochs}, batches of ${settings.batchSize}, seed ${settings.seed}.`;
}

function runRecord(
  settings: TrainSettings,
  data: Dataset,
  result: TrainResult,
  test: Evaluation,
  startedAt: Date,
): RunRecord {
  const { folder, original, sha256 } = data;
  const { trainImages, validationImages, seconds, imagesPerSecond, stepLosses } = result;
  const { labels, count } = data.test;
  return {
    startedAt: startedAt.toISOString(),
    status: result.status,
    settings,
    layers: result.architecture.layers,
    parameters: parameterCount(result.network),
    data: { folder, original, sha256, trainImages, validationImages },
    epochs: result.epochs,
    training: { steps: stepLosses.length, seconds, imagesPerSecond, finalLoss: stepLosses.at(-1) ?? null },
    test: {
      images: count,
      loss: test.loss,
      accuracy: test.accuracy,
      confusionMatrix: confusionMatrix(labels, test.predictions.classes, classCount),
    },
    versions: versions(),
  };
}

interface WrittenFiles {
  readonly model: string;
  readonly metrics: string;
  readonly report: string;
}

async function save(
  out: string,
  run: RunRecord,
  result: TrainResult,
  data: Dataset,
  test: Evaluation,
): Promise<WrittenFiles> {
  const files = {
    model: join(out, runFiles.model),
    metrics: join(out, runFiles.metrics),
    report: join(out, runFiles.report),
  };
  const [firstLayer] = result.network.parameters();
  const report = renderReport({
    run,
    stepLosses: result.stepLosses,
    test: data.test,
    predictions: test.predictions,
    firstLayer: Float32Array.from(firstLayer?.value.toTypedArray() ?? []),
  });
  await atomicWrite(files.model, encodeModel(result.network, result.architecture));
  await atomicWrite(files.metrics, metricsJson(run));
  await atomicWrite(files.report, report);
  return files;
}

/** The lines that say where the trace and its page lie, or why there is none; empty if none was asked for. */
function traceLine(
  tracing: TraceRequest | null,
  traced: WrittenTrace | null,
  { trace, stepLosses }: TrainResult,
): string {
  if (tracing === null) return "";
  if (trace === null || traced === null)
    return `Trace          none: stopped after step ${stepLosses.length}, before the one to record\n`;
  const { page } = traced;
  const line = "file" in page ? `${page.file} (opens in a browser)` : `none: ${page.problem}`;
  return `Trace          ${traced.file} (step ${trace.metadata.get("step")} of ${stepLosses.length})
Trace's page   ${line}
`;
}

/** The line that says where the run can be seen again, or that its log has stopped; empty without --live. */
function liveLine(live: LiveRun | null, out: string): string {
  if (live === null) return "";
  if (live.problem !== null) return `Journal        stopped before the end: ${live.problem}\n`;
  return `Journal        npm run viz -- ${out}\n`;
}

function conclusion(run: RunRecord, files: WrittenFiles, more: string): string {
  const { test, training } = run;
  const mistakes = test.images - Math.round(test.accuracy * test.images);
  const loss = training.finalLoss === null ? "" : `, last step's loss ${training.finalLoss}`;
  return `
Test accuracy  ${formatPercent(test.accuracy)} (${formatWhole(mistakes)} mistakes in ${formatWhole(test.images)} images, loss ${test.loss.toFixed(4)})
Training time  ${formatSeconds(training.seconds)} (${formatWhole(training.steps)} steps, ${formatWhole(training.imagesPerSecond)} images/s${loss})
Model          ${files.model}
Metrics        ${files.metrics}
${more}Report         ${files.report}
`;
}
