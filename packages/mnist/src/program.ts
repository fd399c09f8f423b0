// The command line: commands, options, help, and what is said when something is wrong.
import { Command, CommanderError, Option } from "commander";
import { closest } from "./closest.ts";
import { DatasetError } from "./dataset.ts";
import { type EvaluateCommandOptions, evaluateCommand } from "./evaluate-command.ts";
import { IdxError } from "./idx.ts";
import { InspectorError } from "./inspector.ts";
import { defaultNormsEvery } from "./live.ts";
import { ModelFileError } from "./model-file.ts";
import {
  activations,
  defaultSettings,
  initializations,
  OptionError,
  SettingsError,
  schedules,
} from "./options.ts";
import { RunFolderError } from "./run-folder.ts";
import type { Terminal } from "./terminal.ts";
import { DivergenceError } from "./train.ts";
import { type TrainCommandOptions, trainCommand } from "./train-command.ts";
import { packageVersion } from "./versions.ts";

/** Exit codes: done, failed, used wrongly; 130 is for Ctrl-C. */
export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Runs the command line and returns the exit code. Nothing is thrown: what goes wrong is said on `terminal.errors`,
 * with a stack trace when --debug is among the arguments or when the error is not one of ours.
 *
 * @param args the arguments after the program's name
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = exitCodes.done;
  const program = makeProgram(terminal, (result) => {
    code = result;
  });
  const stray = unknownCommand(args[0], program);
  if (stray !== null) {
    terminal.errors.write(stray);
    return exitCodes.usage;
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.errors.write(`${describe(error, args.includes("--debug"))}\n`);
    return error instanceof OptionError || error instanceof SettingsError
      ? exitCodes.usage
      : exitCodes.failed;
  }
}

// With a default command, Commander would take the word for an argument of `train`.
function unknownCommand(word: string | undefined, program: Command): string | null {
  if (word === undefined || word.startsWith("-")) return null;
  const names = ["help", ...program.commands.map((command) => command.name())];
  if (names.includes(word)) return null;
  const guess = closest(word, names);
  const hint = guess === null ? "" : `(Did you mean ${guess}?)\n`;
  return `error: unknown command '${word}'\n${hint}${seeHelp}\n`;
}

const seeHelp = "Run with --help to see all options.";

const expectedErrors = [
  OptionError,
  SettingsError,
  DatasetError,
  IdxError,
  ModelFileError,
  RunFolderError,
  InspectorError,
  DivergenceError,
];

function describe(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  const expected = expectedErrors.some((type) => error instanceof type);
  if (debug) return error.stack ?? error.message;
  return expected ? error.message : `${error.message}\nRun again with --debug to see where it came from.`;
}

function makeProgram(terminal: Terminal, finish: (code: number) => void): Command {
  const program = new Command("mnist")
    .description("Trains and evaluates networks on MNIST with Adjoint. Without a command it trains.")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this page")
    .helpCommand("help [command]", "print the page of a command")
    .showHelpAfterError(seeHelp)
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.errors.write(text),
      getOutHelpWidth: () => Math.min(terminal.output.columns ?? 100, 110),
      getErrHelpWidth: () => Math.min(terminal.errors.columns ?? 100, 110),
    })
    .exitOverride();
  const train = addTrain(program, terminal, finish);
  addEvaluate(program, terminal, finish);
  program.addHelpText("after", () => `\n${train.helpInformation()}${trainExamples}`);
  return program;
}

function addTrain(program: Command, terminal: Terminal, finish: (code: number) => void): Command {
  const preset = defaultSettings;
  const command = program
    .command("train", { isDefault: true })
    .description("train a network, test it, and write model.safetensors, metrics.json and report.html")
    .allowExcessArguments(false)
    .helpOption("-h, --help", "print this page")
    .optionsGroup("Network:")
    .option("--hidden <widths>", shown("widths of the hidden layers, or none", preset.hidden.join(",")))
    .option("--activation <name>", shown(activations.join(" | "), preset.activation))
    .option("--init <name>", shown(initializations.join(" | "), preset.initialization))
    .option("--dropout <p>", shown("share of hidden units dropped in training, 0 to below 1", preset.dropout))
    .optionsGroup("Training:")
    .option("--epochs <n>", shown("passes over the training images", preset.epochs))
    .option("--batch-size <n>", shown("images in a step", preset.batchSize))
    .option("--learning-rate <x>", shown("the first step's, greater than 0", preset.learningRate))
    .option("--schedule <name>", shown(`how it falls: ${schedules.join(" | ")}`, preset.schedule))
    .option("--momentum <x>", shown("0 to below 1", preset.momentum))
    .option("--nesterov", "look ahead with the momentum")
    .option("--weight-decay <x>", shown("0 or greater", preset.weightDecay))
    .option("--seed <n>", shown("same seed, same numbers", preset.seed))
    .optionsGroup("Data:");
  addDataOptions(command)
    .option(
      "--validation-split <x>",
      shown("share below 1, or number of images, kept back; 0 for none", preset.validationSplit),
    )
    .option("--limit <n>", "train on the first n images only, for a quick try")
    .optionsGroup("Output:")
    .option("--out <dir>", "folder for the results (default: a new one, runs/mnist-DATE-TIME)")
    .option(
      "--trace <file>",
      "record every number of one step's forward and backward pass; FILE.html shows it",
    )
    .option("--trace-step <n>", "which step, counted over all epochs from 1 (default: the last)")
    .option("--no-trace-source", "leave the text of the program's own files out of the trace")
    .option("--quiet", "print the last lines only")
    .optionsGroup("Live:")
    .option("--live", "show the run in the inspector as it goes, and keep its journal in the run's folder")
    .option("--live-port <n>", "of the inspector's page (default: any free one)")
    .option(
      "--live-norms <n>",
      shown("measure gradient and update norms in each so-many-th step", defaultNormsEvery),
    )
    .option("--live-exit", "end with the training; else the page stays until Ctrl-C, in a terminal");
  addDebug(command).addHelpText("after", trainExamples);
  return command.action(async (options: TrainCommandOptions) =>
    finish(await trainCommand(options, terminal)),
  );
}

function addEvaluate(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  const command = program
    .command("evaluate")
    .description("test a saved network: accuracy, confusion matrix, worst classes")
    .allowExcessArguments(false)
    .helpOption("-h, --help", "print this page")
    .option("--model <file>", "a run's model.safetensors (default: the newest under runs/)")
    .option("--activation <name>", `for files that do not say it: ${activations.join(" | ")}`);
  addDebug(addDataOptions(command)).addHelpText("after", evaluateExamples);
  command.action(async (options: EvaluateCommandOptions) => finish(await evaluateCommand(options, terminal)));
}

function addDataOptions(command: Command): Command {
  return command
    .option("--data <dir>", "folder with the four IDX files, plain or gzipped (default: the packaged MNIST)")
    .addOption(new Option("--no-verify", "accept files that are not the original MNIST"));
}

function addDebug(command: Command): Command {
  return command.option("--debug", "print a stack trace when something fails");
}

// Defaults are shown and not set: an option that was not given stays undefined, and options.ts fills it in.
function shown(description: string, preset: string | number): string {
  return `${description} (default: ${preset})`;
}

const trainExamples = `
Examples:
  npm run mnist
  npm run mnist -- --hidden 256,64 --dropout 0.2 --epochs 12
  npm run mnist -- --limit 5000 --epochs 2
  npm run mnist -- train --live
  npm run mnist -- --data ~/fashion-mnist --no-verify
  npm run mnist -- evaluate
`;

const evaluateExamples = `
Examples:
  npm run mnist -- evaluate
  npm run mnist -- evaluate --model runs/mnist-20261121-193204/model.safetensors
`;
