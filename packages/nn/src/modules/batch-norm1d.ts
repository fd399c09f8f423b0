import { BatchNorm, type BatchNormOptions } from "./batch-norm.ts";

/**
 * Each feature normalised over the batch (and the positions): for x `[n, c]` or `[n, c, length]`
 *
 *     y = γ · (x − mean) / √(variance + ε) + β
 *
 * with mean and biased variance of the batch in training, and the running ones in evaluation, which follow by
 * r ← (1 − momentum)·r + momentum·statistic, the variance being the unbiased one there. All as in PyTorch.
 *
 * The running statistics are written by each forward pass in training, also in noGrad; what a checkpoint computes again
 * does not write them again.
 *
 * Source: S. Ioffe, C. Szegedy, Batch normalization: accelerating deep network training by reducing internal covariate
 * shift, ICML 2015.
 *
 * @example new BatchNorm1d(1, { epsilon: 0 }).forward(variable([[1], [3]]))   // [[-1], [1]]
 */
export class BatchNorm1d extends BatchNorm {
  /** @throws {ArgumentError} on a setting that is unknown or outside its range. */
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super("BatchNorm1d", [2, 3], numFeatures, options);
  }
}
