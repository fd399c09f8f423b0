// What the command line's words mean: each option is read, checked and refused with the remedy, before anything is loaded.
import { closest } from "./closest.ts";

/** Thrown for an option's impossible value; the message names the option, the value and what is allowed. */
export class OptionError extends Error {
  /** The option as it is typed: `--epochs`. */
  readonly option: string;
  readonly value: string;

  constructor(option: string, value: string, expected: string, remedy: string) {
    super(`[options] ${option} must be ${expected}, got ${JSON.stringify(value)}. ${remedy}`);
    this.name = "OptionError";
    this.option = option;
    this.value = value;
  }
}

/** Thrown when settings that are possible each for itself do not fit together or do not fit the data. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SettingsError";
  }
}

/** Names of the hidden layers' activations. */
export const activations = ["relu", "leaky-relu", "sigmoid", "tanh"] as const;
/** One of `activations`. */
export type Activation = (typeof activations)[number];

/** Names of the weights' initialisations; `default` is Linear's own (kaiming uniform with a = √5, as PyTorch's). */
export const initializations = [
  "default",
  "kaiming-uniform",
  "kaiming-normal",
  "xavier-uniform",
  "xavier-normal",
] as const;
/** One of `initializations`. */
export type Initialization = (typeof initializations)[number];

/** How the learning rate goes down in the course of the training. */
export const schedules = ["cosine", "linear", "constant"] as const;
/** One of `schedules`. */
export type Schedule = (typeof schedules)[number];

/** Everything that decides the numbers of a training run; two runs with equal settings end with equal weights. */
export interface TrainSettings {
  /** Widths of the hidden layers; empty for a network without any (softmax regression). */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly initialization: Initialization;
  /** The first step's learning rate. */
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** 0 to below 1. */
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Share of the training images (below 1) or their number (1 and more) kept back for validation; 0 for none. */
  readonly validationSplit: number;
  /** Probability with which a hidden unit is dropped in training, 0 to below 1. */
  readonly dropout: number;
  readonly seed: number;
  /** Use only the first so many training images; null for all. */
  readonly limit: number | null;
}

/** The preset of `npm run mnist`: 784-128-10, about 97.9% after four epochs. */
export const defaultSettings: TrainSettings = {
  hidden: [128],
  activation: "relu",
  initialization: "default",
  learningRate: 0.1,
  schedule: "cosine",
  momentum: 0.9,
  nesterov: false,
  weightDecay: 0,
  batchSize: 64,
  epochs: 4,
  validationSplit: 0.1,
  dropout: 0,
  seed: 0,
  limit: null,
};

/** Options of `train` as they come from the command line: text, or true for a switch. */
export interface RawTrainOptions {
  readonly hidden?: string;
  readonly activation?: string;
  readonly init?: string;
  readonly learningRate?: string;
  readonly schedule?: string;
  readonly momentum?: string;
  readonly nesterov?: boolean;
  readonly weightDecay?: string;
  readonly batchSize?: string;
  readonly epochs?: string;
  readonly validationSplit?: string;
  readonly dropout?: string;
  readonly seed?: string;
  readonly limit?: string;
}

/**
 * Reads and checks the options of `train`; what is not given is taken from `defaultSettings`.
 *
 * @throws OptionError for the first impossible value
 */
export function parseTrainSettings(raw: RawTrainOptions): TrainSettings {
  const preset = defaultSettings;
  const given = <T>(text: string | undefined, fallback: T, read: (text: string) => T): T =>
    text === undefined ? fallback : read(text);
  const momentum = given(raw.momentum, preset.momentum, (text) => fraction("--momentum", text));
  if (raw.nesterov === true && momentum === 0) {
    throw new OptionError(
      "--momentum",
      "0",
      "greater than 0 with --nesterov",
      "Give --momentum 0.9, for example.",
    );
  }
  return {
    hidden: given(raw.hidden, preset.hidden, hiddenWidths),
    activation: given(raw.activation, preset.activation, parseActivation),
    initialization: given(raw.init, preset.initialization, (text) => oneOf("--init", text, initializations)),
    learningRate: given(raw.learningRate, preset.learningRate, learningRate),
    schedule: given(raw.schedule, preset.schedule, (text) => oneOf("--schedule", text, schedules)),
    momentum,
    nesterov: raw.nesterov ?? preset.nesterov,
    weightDecay: given(raw.weightDecay, preset.weightDecay, weightDecay),
    batchSize: given(raw.batchSize, preset.batchSize, (text) => count("--batch-size", text, 60_000, 64)),
    epochs: given(raw.epochs, preset.epochs, (text) => count("--epochs", text, 10_000, 4)),
    validationSplit: given(raw.validationSplit, preset.validationSplit, validationSplit),
    dropout: given(raw.dropout, preset.dropout, (text) => fraction("--dropout", text)),
    seed: given(raw.seed, preset.seed, seed),
    limit: given(raw.limit, preset.limit, (text) => count("--limit", text, 60_000, 1000)),
  };
}

/** Reads the number of a step, counted over all epochs from 1. @throws OptionError */
export function parseTraceStep(text: string): number {
  return count("--trace-step", text, 1_000_000_000, 100);
}

/** Reads the port of the live run's page; 0 takes any free one. @throws OptionError */
export function parseLivePort(text: string): number {
  const port = wholeNumber(text);
  if (port !== null && port <= 65_535) return port;
  throw new OptionError(
    "--live-port",
    text,
    "a whole number from 0 to 65535",
    "Give --live-port 4100, for example.",
  );
}

/** Reads in which steps of a live run the norms are measured: each so-many-th. @throws OptionError */
export function parseLiveNorms(text: string): number {
  return count("--live-norms", text, 1_000_000, 8);
}

/** Reads the name of an activation, for `train` and for `evaluate`. @throws OptionError */
export function parseActivation(text: string): Activation {
  return oneOf("--activation", text, activations);
}

const maximumWidth = 8192;

function hiddenWidths(text: string): readonly number[] {
  if (text.trim() === "none" || text.trim() === "0") return [];
  return text.split(",").map((part) => {
    const width = wholeNumber(part);
    if (width === null || width < 1 || width > maximumWidth) {
      const expected = `a list of widths from 1 to ${maximumWidth} (or "none")`;
      throw new OptionError("--hidden", text, expected, "Give --hidden 128 or --hidden 128,64, for example.");
    }
    return width;
  });
}

function learningRate(text: string): number {
  const value = decimal(text);
  if (value === null || value <= 0) {
    const remedy = "Give --learning-rate 0.1, for example.";
    throw new OptionError("--learning-rate", text, "a number greater than 0", remedy);
  }
  return value;
}

function weightDecay(text: string): number {
  const value = decimal(text);
  if (value === null || value < 0) {
    throw new OptionError(
      "--weight-decay",
      text,
      "a number, 0 or greater",
      "Give --weight-decay 1e-4, for example.",
    );
  }
  return value;
}

function fraction(option: string, text: string): number {
  const value = decimal(text);
  if (value === null || value < 0 || value >= 1) {
    const example = option === "--momentum" ? "0.9" : "0.2";
    throw new OptionError(
      option,
      text,
      "a number from 0 to below 1",
      `Give ${option} ${example}, for example.`,
    );
  }
  return value;
}

function validationSplit(text: string): number {
  const value = decimal(text);
  if (value === null || value < 0 || (value >= 1 && !Number.isInteger(value))) {
    const expected = "a share below 1 or a whole number of images";
    const remedy = "Give --validation-split 0.1 or --validation-split 5000, for example; 0 keeps none back.";
    throw new OptionError("--validation-split", text, expected, remedy);
  }
  return value;
}

function count(option: string, text: string, maximum: number, example: number): number {
  const value = wholeNumber(text);
  if (value === null || value < 1 || value > maximum) {
    throw new OptionError(
      option,
      text,
      `a whole number from 1 to ${maximum}`,
      `Give ${option} ${example}, for example.`,
    );
  }
  return value;
}

function seed(text: string): number {
  const value = wholeNumber(text);
  if (value === null || value > 0xffff_ffff) {
    throw new OptionError(
      "--seed",
      text,
      "a whole number from 0 to 4294967295",
      "Give --seed 1, for example.",
    );
  }
  return value;
}

function oneOf<const Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const match = names.find((name) => name === text);
  if (match !== undefined) return match;
  const guess = closest(text, names);
  const remedy =
    guess === null ? `Give ${option} ${names[0]}, for example.` : `Did you mean ${option} ${guess}?`;
  throw new OptionError(option, text, `one of ${names.join(", ")}`, remedy);
}

// Number() alone would take "", " ", "0x10" and "Infinity" too.
function decimal(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? finite(Number(text)) : null;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}
