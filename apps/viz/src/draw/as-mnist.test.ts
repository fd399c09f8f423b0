import { describe, expect, it } from "vitest";
import { digitPixels } from "../programs/digit-images.ts";
import { asMnist } from "./as-mnist.ts";
import { drawLine, pixelCount, side } from "./drawing.ts";

const at = (ink: Uint8Array, row: number, column: number): number => ink[row * side + column] ?? 0;

/** Extent and centre of mass, written for the test. */
function measure(ink: Uint8Array): { height: number; width: number; x: number; y: number } {
  const seen = [...ink.keys()].filter((i) => ink[i] !== 0);
  const rows = seen.map((i) => Math.floor(i / side));
  const columns = seen.map((i) => i % side);
  const total = ink.reduce((sum, byte) => sum + byte, 0);
  const mean = (position: (i: number) => number): number =>
    ink.reduce((sum, byte, i) => sum + byte * (position(i) + 0.5), 0) / total;
  return {
    height: Math.max(...rows) - Math.min(...rows) + 1,
    width: Math.max(...columns) - Math.min(...columns) + 1,
    x: mean((i) => i % side),
    y: mean((i) => Math.floor(i / side)),
  };
}

function drawn(left: number, top: number, width: number, height: number): Uint8Array {
  const ink = new Uint8Array(pixelCount);
  const pen = { radius: 1.1, erases: false };
  drawLine(ink, { x: left, y: top }, { x: left + width, y: top }, pen);
  drawLine(ink, { x: left + width, y: top }, { x: left + width / 2, y: top + height }, pen);
  return ink;
}

describe("as MNIST was made", () => {
  it.each([
    ["small in a corner", drawn(3, 3, 5, 8)],
    ["large", drawn(4, 2, 18, 23)],
    ["low and wide", drawn(3, 20, 21, 5)],
  ])("a seven that is %s fills the box of 20 with its centre of mass in the middle", (_, ink) => {
    const { height, width, x, y } = measure(asMnist(ink));
    expect(Math.abs(Math.max(height, width) - 20)).toBeLessThanOrEqual(2);
    expect(Math.abs(x - 14.5)).toBeLessThan(0.55);
    expect(Math.abs(y - 14.5)).toBeLessThan(0.55);
  });

  it("does not see where on the pad a digit stands", () => {
    const one = asMnist(drawn(5, 4, 9, 14));
    const other = asMnist(drawn(12, 8, 9, 14));
    expect(Math.max(...one.map((byte, i) => Math.abs(byte - (other[i] ?? 0))))).toBeLessThanOrEqual(1);
  });

  it("leaves the pictures of MNIST as they are", () => {
    for (const text of digitPixels) {
      const ink = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      expect(asMnist(ink)).toEqual(ink);
    }
  });

  it("leaves paper paper, and what it is given as it is", () => {
    expect(asMnist(new Uint8Array(pixelCount))).toEqual(new Uint8Array(pixelCount));
    const ink = drawn(5, 4, 9, 14);
    const before = ink.slice();
    asMnist(ink);
    expect(ink).toEqual(before);
    expect(at(ink, 4, 8)).toBe(255);
  });
});
