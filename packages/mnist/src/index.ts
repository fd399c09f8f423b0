export type { Batch, Split } from "./batches.ts";
export { gatherBatch, sliceBatch, splitSet } from "./batches.ts";
export type { ClassScore, ConfusionMatrix } from "./confusion.ts";
export { classScores, confusionMatrix, matrixAccuracy } from "./confusion.ts";
export type { Dataset, DatasetOptions, DigitSet, FileName } from "./dataset.ts";
export { classCount, DatasetError, imagePixels, imageSide, loadDataset, originalSha256 } from "./dataset.ts";
export type { Evaluation } from "./evaluate.ts";
export { evaluate } from "./evaluate.ts";
export type { IdxArray } from "./idx.ts";
export { gunzipIfNeeded, IdxError, parseIdx } from "./idx.ts";
export type { JournalRequest, JournalStart } from "./journal-request.ts";
export type { EpochRecord, RunRecord, TestRecord } from "./metrics.ts";
export { metricsJson } from "./metrics.ts";
export type { LoadedModel } from "./model-file.ts";
export { encodeModel, loadModel, ModelFileError } from "./model-file.ts";
export type { Architecture, Weights } from "./network.ts";
export { buildNetwork, parameterCount } from "./network.ts";
export type { Activation, Initialization, RawTrainOptions, Schedule, TrainSettings } from "./options.ts";
export {
  activations,
  defaultSettings,
  initializations,
  OptionError,
  parseTrainSettings,
  SettingsError,
  schedules,
} from "./options.ts";
export type { Predictions, Sample } from "./predictions.ts";
export { confidentMistakes, typicalCorrect } from "./predictions.ts";
export { exitCodes, main } from "./program.ts";
export type { OutputStream, StepProgress } from "./progress.ts";
export type { ReportData } from "./report/report.ts";
export { renderReport } from "./report/report.ts";
export type { Terminal } from "./terminal.ts";
export type { TrainOptions, TrainResult } from "./train.ts";
export { architectureOf, DivergenceError, train } from "./train.ts";
