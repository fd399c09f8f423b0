import { BatchNorm, type BatchNormOptions } from "./batch-norm.ts";

/**
 * Each channel of images `[n, c, h, w]` normalised over the batch and all pixels; formula, running statistics and source
 * as BatchNorm1d's.
 *
 * @example new BatchNorm2d(1, { epsilon: 0 }).forward(variable([[[[1, 3], [3, 1]]]]))   // [[[[-1, 1], [1, -1]]]]
 */
export class BatchNorm2d extends BatchNorm {
  /** @throws {ArgumentError} on a setting that is unknown or outside its range. */
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super("BatchNorm2d", [4], numFeatures, options);
  }
}
