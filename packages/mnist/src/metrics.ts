// metrics.json: everything that was measured in a run, for programs to read. Losses are means in nats, accuracies
// shares from 0 to 1, times seconds. A number that does not exist (validation without a split, recall without
// examples, NaN) is null.
import type { ConfusionMatrix } from "./confusion.ts";
import { classScores } from "./confusion.ts";
import type { TrainSettings } from "./options.ts";

/** What one pass over the training images gave. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  readonly steps: number;
  /** The learning rate of the epoch's last step. */
  readonly learningRate: number;
  /** Mean over the epoch's images, each measured when its batch was trained on (weights change in between). */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** Measured at the end of the epoch; null without a validation split. */
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  /** Time of the training steps, validation not included. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
}

/** What the test images gave. */
export interface TestRecord {
  readonly images: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly confusionMatrix: ConfusionMatrix;
}

/** The parts of a finished or interrupted run that `metrics.json` and the report are made from. */
export interface RunRecord {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly status: "completed" | "interrupted";
  readonly settings: TrainSettings;
  /** Widths from input to output: `[784, 128, 10]`. */
  readonly layers: readonly number[];
  readonly parameters: number;
  readonly data: {
    readonly folder: string;
    /** Whether the files are the original MNIST. */
    readonly original: boolean;
    readonly sha256: Readonly<Record<string, string>>;
    readonly trainImages: number;
    readonly validationImages: number;
  };
  readonly epochs: readonly EpochRecord[];
  readonly training: {
    readonly steps: number;
    /** Training steps and validations together. */
    readonly seconds: number;
    readonly imagesPerSecond: number;
    /** The last step's loss, to the last bit: equal settings give an equal number. Null when no step was made. */
    readonly finalLoss: number | null;
  };
  readonly test: TestRecord;
  readonly versions: Readonly<Record<string, string>>;
}

/** The text of metrics.json: the run, with recall and precision of each class. */
export function metricsJson(run: RunRecord): string {
  const classes = classScores(run.test.confusionMatrix);
  const document = { format: "adjoint-mnist-metrics", version: 1, ...run, test: { ...run.test, classes } };
  return `${JSON.stringify(document, null, 2)}\n`;
}
