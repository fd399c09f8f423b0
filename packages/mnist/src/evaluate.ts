import { logSoftmax, noGrad } from "@adjoint/autograd";
import type { Module } from "@adjoint/nn";
import { sliceBatch } from "./batches.ts";
import { classCount, type DigitSet } from "./dataset.ts";
import type { Predictions } from "./predictions.ts";

/** What a network makes of a set of images. */
export interface Evaluation {
  /** Mean cross-entropy in nats; NaN for an empty set. */
  readonly loss: number;
  /** Share of the images that are recognised, 0 to 1; NaN for an empty set. */
  readonly accuracy: number;
  readonly predictions: Predictions;
}

// Large enough that a batch's overhead does not count, small enough that its activations stay in the cache.
const batchSize = 500;

/**
 * Runs a network over a set in evaluation mode, without a tape, and puts the mode back as it was.
 *
 * loss = −(1/n) Σ log softmax(logits)[label]
 */
export function evaluate(network: Module, set: DigitSet): Evaluation {
  const probabilities = new Float32Array(set.count * classCount);
  const classes = new Uint8Array(set.count);
  const wasTraining = network.training;
  network.eval();
  let loss = 0;
  let correct = 0;
  try {
    for (let start = 0; start < set.count; start += batchSize) {
      const batch = sliceBatch(set, start, Math.min(start + batchSize, set.count));
      const logProbabilities = noGrad(() =>
        logSoftmax(network.forward(batch.images), -1),
      ).value.toTypedArray();
      for (const [row, label] of batch.classes.entries()) {
        const best = argmaxRow(logProbabilities, row);
        classes[start + row] = best;
        if (best === label) correct += 1;
        loss -= logProbabilities[row * classCount + label] ?? Number.NaN;
      }
      probabilities.set(Float32Array.from(logProbabilities, Math.exp), start * classCount);
    }
  } finally {
    network.train(wasTraining);
  }
  return { loss: loss / set.count, accuracy: correct / set.count, predictions: { probabilities, classes } };
}

/**
 * The column of the largest number in a row of a `[rows, 10]` table; of equal ones the first.
 *
 * @param scores row-major: logits, probabilities or their logarithms
 */
export function argmaxRow(scores: ArrayLike<number>, row: number): number {
  let best = 0;
  for (let column = 1; column < classCount; column++) {
    const score = scores[row * classCount + column] ?? Number.NaN;
    if (score > (scores[row * classCount + best] ?? Number.NaN)) best = column;
  }
  return best;
}
