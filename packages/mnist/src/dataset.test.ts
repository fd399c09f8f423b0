import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeIdx, syntheticDigits, writeSyntheticDigits } from "../test/synthetic-digits.ts";
import { DatasetError, loadDataset, originalSha256 } from "./dataset.ts";

/** The error that loading throws. */
async function refusal(folder: string, verify = false): Promise<Error> {
  try {
    await loadDataset({ folder, verify });
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("loadDataset accepted the folder");
}

describe("loadDataset", () => {
  it("reads the packaged MNIST and knows its fingerprints", async () => {
    const data = await loadDataset();
    expect(data.original).toBe(true);
    expect(data.sha256).toEqual(originalSha256);
    expect([data.train.count, data.test.count]).toEqual([60_000, 10_000]);
    expect(data.train.images.length).toBe(60_000 * 784);
    expect([...data.train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...data.test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
  });

  it("reads another set of the same form, plain, gzipped, or spelled with a dot", async () => {
    const expected = syntheticDigits(30, 1);
    const plain = writeSyntheticDigits(30, 10);
    const name = join(plain, "train-images-idx3-ubyte");
    renameSync(name, name.replace("-idx", ".idx"));
    for (const folder of [plain, writeSyntheticDigits(30, 10, true)]) {
      const data = await loadDataset({ folder, verify: false });
      expect(data.original).toBe(false);
      expect(data.train).toEqual(expected);
      expect(data.test.count).toBe(10);
    }
  });

  it("refuses files that are not the original, and says how to accept them", async () => {
    const folder = writeSyntheticDigits(3, 2);
    const error = await refusal(folder, true);
    expect(error).toBeInstanceOf(DatasetError);
    expect(error).toMatchObject({
      problem: "checksum",
      file: join(folder, "train-images-idx3-ubyte"),
      expected: originalSha256["train-images-idx3-ubyte"],
    });
    expect(error.message).toMatch(
      /^\[loadDataset\] not the original MNIST file: .+ expected sha256 ba89.+, found [0-9a-f]{64}\. Give --no-verify if/,
    );
  });

  it("names a missing file and the spellings it looked for", async () => {
    const folder = writeSyntheticDigits(3, 2);
    rmSync(join(folder, "t10k-labels-idx1-ubyte"));
    expect((await refusal(folder)).message).toBe(
      `[loadDataset] no file t10k-labels-idx1-ubyte in ${folder}: looked for t10k-labels-idx1-ubyte, ` +
        "t10k-labels-idx1-ubyte.gz, t10k-labels.idx1-ubyte, t10k-labels.idx1-ubyte.gz. " +
        "Put the four MNIST files there, plain or gzipped, or leave --data away to use the packaged ones.",
    );
  });

  it("refuses a cut file", async () => {
    const folder = writeSyntheticDigits(3, 2);
    const file = join(folder, "t10k-images-idx3-ubyte");
    writeFileSync(file, readFileSync(file).subarray(0, 900));
    expect((await refusal(folder)).message).toContain(`file is cut: ${file}: expected 1584 bytes`);
  });

  it("refuses labels that do not belong to the images", async () => {
    const folder = writeSyntheticDigits(3, 2);
    const file = join(folder, "train-labels-idx1-ubyte");
    writeFileSync(file, encodeIdx([4], Uint8Array.of(1, 2, 3, 4)));
    expect(await refusal(folder)).toMatchObject({ problem: "count", found: "shape [4]" });
    writeFileSync(file, encodeIdx([3], Uint8Array.of(1, 10, 3)));
    expect((await refusal(folder)).message).toBe(
      `[loadDataset] label out of range: ${file}: expected 0 to 9, found label 10 at index 1. Map the classes to 0 to 9.`,
    );
  });

  it("refuses images of another size, and none at all", async () => {
    const folder = writeSyntheticDigits(3, 2);
    const file = join(folder, "t10k-images-idx3-ubyte");
    writeFileSync(file, encodeIdx([2, 32, 32], new Uint8Array(2048)));
    expect((await refusal(folder)).message).toBe(
      `[loadDataset] wrong shape: ${file}: expected at least one image of 28 by 28, found shape [2, 32, 32]. ` +
        "Scale the images first.",
    );
    writeFileSync(file, encodeIdx([0, 28, 28], new Uint8Array(0)));
    expect(await refusal(folder)).toMatchObject({ problem: "shape", found: "shape [0, 28, 28]" });
  });
});
