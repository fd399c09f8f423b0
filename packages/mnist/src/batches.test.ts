import { describe, expect, it } from "vitest";
import { syntheticDigits } from "../test/synthetic-digits.ts";
import { gatherBatch, sliceBatch, splitSet } from "./batches.ts";
import { SettingsError } from "./options.ts";

const set = syntheticDigits(20, 3);
const reversed = (n: number): number[] => Array.from({ length: n }, (_, i) => n - 1 - i);

describe("gatherBatch", () => {
  it("takes the rows in the order asked for, scaled to 0–1", () => {
    const batch = gatherBatch(set, [7, 2, 7]);
    expect(batch.images.shape).toEqual([3, 784]);
    expect(batch.images.dtype).toBe("float32");
    expect([...batch.classes]).toEqual([7, 2, 7].map((index) => set.labels[index]));
    expect(batch.labels.toArray()).toEqual([...batch.classes]);
    const expected = Array.from(set.images.subarray(2 * 784, 3 * 784), (pixel) => pixel / 255);
    const row = [...batch.images.toTypedArray()].slice(784, 2 * 784);
    // float32 holds about seven digits.
    for (const [column, value] of row.entries()) expect(value).toBeCloseTo(expected[column] ?? -1, 6);
  });

  it("agrees with sliceBatch", () => {
    const [gathered, sliced] = [gatherBatch(set, [4, 5, 6]), sliceBatch(set, 4, 7)];
    expect(gathered.images.toArray()).toEqual(sliced.images.toArray());
    expect(gathered.classes).toEqual(sliced.classes);
  });

  it("makes full ink exactly 1", () => {
    const ink = { images: new Uint8Array(784).fill(255), labels: Uint8Array.of(0), count: 1 };
    expect(new Set(sliceBatch(ink, 0, 1).images.toTypedArray())).toEqual(new Set([1]));
  });
});

describe("splitSet", () => {
  it("keeps back a share or a number of images, in the order of the permutation", () => {
    const { train, validation } = splitSet(set, 10, 0.3, reversed);
    expect([train.count, validation.count]).toEqual([7, 3]);
    expect([...validation.labels]).toEqual([9, 8, 7].map((index) => set.labels[index]));
    expect(train.images.subarray(0, 784)).toEqual(set.images.subarray(6 * 784, 7 * 784));
    expect(splitSet(set, null, 5, reversed).train.count).toBe(15);
    expect(splitSet(set, 99, 0, reversed)).toMatchObject({ train: { count: 20 }, validation: { count: 0 } });
  });

  it("refuses to keep back everything", () => {
    expect(() => splitSet(set, 10, 10, reversed)).toThrow(SettingsError);
    expect(() => splitSet(set, 10, 10, reversed)).toThrow(
      "[train] no image is left to train on: the validation split takes 10 of 10. " +
        "Give a smaller --validation-split (0.1, for example) or a larger --limit.",
    );
  });
});
