// `evaluate`: a saved network on the test images, as text.
import { resolve } from "node:path";
import { type ConfusionMatrix, classScores, confusionMatrix } from "./confusion.ts";
import { classCount, loadDataset } from "./dataset.ts";
import { evaluate } from "./evaluate.ts";
import { loadModel, ModelFileError } from "./model-file.ts";
import { formatPercent, formatWhole } from "./number-format.ts";
import { parseActivation } from "./options.ts";
import { newestModel } from "./run-folder.ts";
import type { Terminal } from "./terminal.ts";

/** Options of `evaluate` as the command line gives them. */
export interface EvaluateCommandOptions {
  readonly model?: string;
  readonly data?: string;
  readonly verify: boolean;
  readonly activation?: string;
}

/**
 * Runs `evaluate` and returns the exit code 0.
 *
 * @throws OptionError, ModelFileError, DatasetError or IdxError
 */
export async function evaluateCommand(options: EvaluateCommandOptions, terminal: Terminal): Promise<number> {
  const activation = options.activation === undefined ? undefined : parseActivation(options.activation);
  const file = await modelFile(options.model, terminal.cwd);
  const { network, architecture } = await loadModel(file, activation);
  const folder = options.data === undefined ? {} : { folder: resolve(terminal.cwd, options.data) };
  const { test } = await loadDataset({ ...folder, verify: options.verify });
  const { accuracy, loss, predictions } = evaluate(network, test);
  const matrix = confusionMatrix(test.labels, predictions.classes, classCount);
  const mistakes = test.count - Math.round(accuracy * test.count);
  terminal.output.write(`Network        ${architecture.layers.join("-")} ${architecture.activation}
Model          ${file}
Test accuracy  ${formatPercent(accuracy)} (${formatWhole(mistakes)} mistakes in ${formatWhole(test.count)} images)
Test loss      ${loss.toFixed(4)} nats

${matrixText(matrix)}

${worstClasses(matrix)}
`);
  return 0;
}

async function modelFile(given: string | undefined, cwd: string): Promise<string> {
  if (given !== undefined) return resolve(cwd, given);
  const newest = await newestModel(cwd);
  if (newest !== null) return newest;
  const remedy = "Give the model.safetensors of a run with --model FILE, or train first.";
  throw new ModelFileError(resolve(cwd, "runs"), "there is no model to evaluate", remedy);
}

/** The matrix with its headings: rows are true classes, columns predicted ones; a dot stands for 0. */
export function matrixText(matrix: ConfusionMatrix): string {
  const width = Math.max(4, ...matrix.flat().map((count) => String(count).length)) + 1;
  const cell = (text: string | number): string => String(text).padStart(width);
  const head = `true \\ predicted${matrix.map((_, label) => cell(label)).join("")}`;
  const rows = matrix.map(
    (row, label) =>
      `${String(label).padStart(16)}${row.map((count) => cell(count === 0 ? "·" : count)).join("")}`,
  );
  return [head, ...rows].join("\n");
}

/** The three classes of lowest recall, each with what it is most often taken for. */
export function worstClasses(matrix: ConfusionMatrix): string {
  const scores = classScores(matrix).filter(({ support }) => support > 0);
  const worst = scores.sort((a, b) => a.recall - b.recall || a.label - b.label).slice(0, 3);
  const lines = worst.map(
    ({ label, recall }) => `  ${label}: ${formatPercent(recall)}${confusedWith(matrix, label)}`,
  );
  return ["Least recognised classes:", ...lines].join("\n");
}

function confusedWith(matrix: ConfusionMatrix, label: number): string {
  const row = matrix[label] ?? [];
  const others = row
    .map((count, predicted) => ({ count, predicted }))
    .filter(({ predicted }) => predicted !== label);
  const [most] = others.sort((a, b) => b.count - a.count);
  if (most === undefined || most.count === 0) return "";
  return `, most often taken for ${most.predicted} (${most.count} times)`;
}
