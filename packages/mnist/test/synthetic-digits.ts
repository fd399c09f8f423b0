// A tiny data set of MNIST's form, made from a seed: each class is a bright bar at its own height, with noise.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Generator } from "@adjoint/tensor";
import type { DigitSet } from "../src/dataset.ts";

/** The bytes of an IDX file of unsigned bytes. */
export function encodeIdx(shape: readonly number[], data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, 8, shape.length]);
  for (const [axis, length] of shape.entries()) view.setUint32(4 + 4 * axis, length);
  bytes.set(data, 4 + 4 * shape.length);
  return bytes;
}

/** Images of bars with noise; label k is a bar of rows 2k + 4 and 2k + 5. */
export function syntheticDigits(count: number, seed: number): DigitSet {
  const generator = new Generator(seed);
  const labels = Uint8Array.from(generator.integers(0, 10, [count]).toTypedArray());
  const images = Uint8Array.from(generator.integers(0, 120, [count * 784]).toTypedArray());
  for (const [index, label] of labels.entries()) {
    images.fill(250, index * 784 + (2 * label + 4) * 28 + 4, index * 784 + (2 * label + 5) * 28 + 24);
  }
  return { images, labels, count };
}

/** Writes the four files into a new temporary folder and returns its path. */
export function writeSyntheticDigits(trainCount: number, testCount: number, gzip = false): string {
  const folder = mkdtempSync(join(tmpdir(), "adjoint-digits-"));
  const parts = [
    ["train", syntheticDigits(trainCount, 1)],
    ["t10k", syntheticDigits(testCount, 2)],
  ] as const;
  for (const [name, { images, labels, count }] of parts) {
    const files = [
      [`${name}-images-idx3-ubyte`, encodeIdx([count, 28, 28], images)],
      [`${name}-labels-idx1-ubyte`, encodeIdx([count], labels)],
    ] as const;
    for (const [file, bytes] of files) {
      writeFileSync(join(folder, gzip ? `${file}.gz` : file), gzip ? gzipSync(bytes) : bytes);
    }
  }
  return folder;
}
