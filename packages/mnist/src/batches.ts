// From uint8 images to batches that a network takes. Only the batch's own pixels are ever made into floats.
import { fromTypedArray, type Tensor } from "@adjoint/tensor";
import { type DigitSet, imagePixels } from "./dataset.ts";
import { SettingsError } from "./options.ts";

/** Images and labels of one training step. */
export interface Batch {
  /** Pixels `[batch, 784]`, 0 (paper) to 1 (ink). */
  readonly images: Tensor<[number, number]>;
  /** Classes `[batch]`, 0 to 9. */
  readonly labels: Tensor<[number]>;
  /** The same classes for counting what was right. */
  readonly classes: Uint8Array;
}

/**
 * Copies the rows `indices` of the set, and scales the pixels to 0–1.
 *
 * @param indices positions in the set, each from 0 to count − 1
 */
export function gatherBatch(set: DigitSet, indices: ArrayLike<number>): Batch {
  const pixels = new Uint8Array(indices.length * imagePixels);
  const classes = new Uint8Array(indices.length);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] ?? 0;
    pixels.set(set.images.subarray(index * imagePixels, (index + 1) * imagePixels), row * imagePixels);
    classes[row] = set.labels[index] ?? 0;
  }
  return batchOf(pixels, classes);
}

/** The rows from `start` to below `end`, in their order; the pixels are not copied before they are scaled. */
export function sliceBatch(set: DigitSet, start: number, end: number): Batch {
  const pixels = set.images.subarray(start * imagePixels, end * imagePixels);
  return batchOf(pixels, set.labels.subarray(start, end));
}

function batchOf(pixels: Uint8Array, classes: Uint8Array): Batch {
  const images = fromTypedArray(pixels, [classes.length, imagePixels]).div(255);
  return { images, labels: fromTypedArray(classes), classes };
}

/** A set split in two. */
export interface Split {
  readonly train: DigitSet;
  readonly validation: DigitSet;
}

/**
 * Divides the first images of a set into those to train on and those kept back.
 *
 * @param limit use only the first so many images; null for all
 * @param share a share below 1 or a number of images to keep back
 * @param permutation gives the numbers 0 … n − 1 in random order; the first of them are kept back
 * @throws SettingsError when no image would be left to train on
 */
export function splitSet(
  set: DigitSet,
  limit: number | null,
  share: number,
  permutation: (n: number) => ArrayLike<number>,
): Split {
  const count = Math.min(limit ?? set.count, set.count);
  const kept = share < 1 ? Math.round(share * count) : share;
  if (kept >= count) {
    throw new SettingsError(
      `[train] no image is left to train on: the validation split takes ${kept} of ${count}. ` +
        "Give a smaller --validation-split (0.1, for example) or a larger --limit.",
    );
  }
  const order = Array.from(permutation(count));
  return { train: pick(set, order.slice(kept)), validation: pick(set, order.slice(0, kept)) };
}

function pick(set: DigitSet, indices: readonly number[]): DigitSet {
  const images = new Uint8Array(indices.length * imagePixels);
  const labels = new Uint8Array(indices.length);
  for (const [row, index] of indices.entries()) {
    images.set(set.images.subarray(index * imagePixels, (index + 1) * imagePixels), row * imagePixels);
    labels[row] = set.labels[index] ?? 0;
  }
  return { images, labels, count: indices.length };
}
