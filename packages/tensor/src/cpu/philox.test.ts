import { describe, expect, it } from "vitest";
import { fromStorage, tensor } from "../create.ts";
import type { Tensor } from "../tensor.ts";
import { randomBitsCpu } from "./philox.ts";

function stateOf(key: readonly number[], counter: readonly number[]): Tensor<[number], "int32"> {
  return tensor(Int32Array.from([...key, ...counter]));
}

function hex(state: Tensor, length: number): string[] {
  const words = fromStorage(randomBitsCpu(state, length), [length]).toTypedArray();
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, "0"));
}

describe("randomBits", () => {
  // kat_vectors of Random123 (D. E. Shaw Research), the lines "philox4x32 10".
  it.each([
    ["all zero", [0, 0], [0, 0, 0, 0], ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]],
    [
      "all ones",
      [0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      ["408f276d", "41c83b0e", "a20bc7c6", "6d5451fd"],
    ],
    [
      "the digits of pi",
      [0xa4093822, 0x299f31d0],
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      ["d16cfe09", "94fdcceb", "5001e420", "24126ea1"],
    ],
  ])("gives the published words for %s", (_name, key, counter, words) => {
    expect(hex(stateOf(key, counter), 4)).toEqual(words);
  });

  it("gives block i the words of counter + i", () => {
    const together = hex(stateOf([1, 2], [7, 0, 0, 0]), 12);
    const apart = [7, 8, 9].flatMap((first) => hex(stateOf([1, 2], [first, 0, 0, 0]), 4));
    expect(together).toEqual(apart);
  });

  it("advances the counter by a block for each four words begun, and notes the write", () => {
    const state = stateOf([1, 2], [7, 0, 0, 0]);
    for (const [length, counter] of [
      [0, 7],
      [1, 8],
      [4, 9],
      [5, 11],
    ] as const) {
      const version = state.storage.version;
      expect(hex(state, length)).toHaveLength(length);
      expect(state.toArray()).toEqual([1, 2, counter, 0, 0, 0]);
      expect(state.storage.version).toBe(version + 1);
      expect(state.storage.writer).toBe("randomBits");
    }
  });

  it("cuts the last block short without changing its words", () => {
    expect(hex(stateOf([3, 4], [0, 0, 0, 0]), 7)).toEqual(hex(stateOf([3, 4], [0, 0, 0, 0]), 8).slice(0, 7));
  });

  it.each([
    [
      [-1, 0, 0, 0],
      [0, 1, 0, 0],
    ],
    [
      [-1, -1, 5, 0],
      [0, 0, 6, 0],
    ],
    [
      [-1, -1, -1, 2],
      [0, 0, 0, 3],
    ],
    [
      [-1, -1, -1, -1],
      [0, 0, 0, 0],
    ],
  ])("carries %j to %j", (before, after) => {
    const state = stateOf([0, 0], before);
    randomBitsCpu(state, 4);
    expect(state.slice({ start: 2 }).toArray()).toEqual(after);
  });

  it("reads and writes the state through strides", () => {
    const wide = tensor(Int32Array.from([9, 9, 5, 0, 6, 0, 1, 0, 2, 0, 3, 0, 4]));
    const view = wide.slice({ start: 2, step: 2 });
    expect(hex(view, 4)).toEqual(hex(stateOf([5, 6], [1, 2, 3, 4]), 4));
    expect(wide.toArray()).toEqual([9, 9, 5, 0, 6, 0, 2, 0, 2, 0, 3, 0, 4]);
  });

  it("refuses a state of another form", () => {
    expect(() => randomBitsCpu(tensor(new Int32Array(5)), 1)).toThrow(
      expect.objectContaining({
        message:
          "[randomBits] state is int32 of shape [5]. Give int32 of shape [6]: two words of the key, four of the counter.",
      }),
    );
    expect(() => randomBitsCpu(tensor(new Float32Array(6)), 1)).toThrow("state is float32 of shape [6]");
  });
});
