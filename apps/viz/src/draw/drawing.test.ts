import { describe, expect, it } from "vitest";
import { Drawing, drawLine, pixelCount, side } from "./drawing.ts";

const pen = { radius: 1.1, erases: false };
const at = (ink: Uint8Array, row: number, column: number): number => ink[row * side + column] ?? -1;

describe("a line", () => {
  it("is full in its middle, half at its radius, and nothing beyond the soft edge", () => {
    const ink = new Uint8Array(pixelCount);
    drawLine(ink, { x: 5.5, y: 10.5 }, { x: 20.5, y: 10.5 }, { radius: 1, erases: false });
    expect([9, 10, 11].map((row) => at(ink, row, 12))).toEqual([128, 255, 128]);
    expect([8, 12].map((row) => at(ink, row, 12))).toEqual([0, 0]);
    expect(at(ink, 10, 22)).toBe(0);
  });

  it("drawn twice is the same as once", () => {
    const once = new Uint8Array(pixelCount);
    drawLine(once, { x: 3, y: 4 }, { x: 20, y: 17 }, pen);
    const twice = once.slice();
    drawLine(twice, { x: 3, y: 4 }, { x: 20, y: 17 }, pen);
    expect(twice).toEqual(once);
    expect(once.some((byte) => byte === 255)).toBe(true);
  });

  it("is erased by one that is as wide", () => {
    const ink = new Uint8Array(pixelCount);
    drawLine(ink, { x: 3, y: 4 }, { x: 20, y: 17 }, pen);
    drawLine(ink, { x: 3, y: 4 }, { x: 20, y: 17 }, { radius: 3, erases: true });
    expect(ink.every((byte) => byte === 0)).toBe(true);
  });

  it("may leave the pad", () => {
    const ink = new Uint8Array(pixelCount);
    drawLine(ink, { x: -50, y: 14 }, { x: 80, y: 14 }, pen);
    expect(at(ink, 13, 0)).toBe(255);
    expect(at(ink, 13, 27)).toBe(255);
    drawLine(ink, { x: -50, y: -50 }, { x: -40, y: -40 }, pen);
    expect(at(ink, 0, 0)).toBe(0);
  });
});

describe("a drawing", () => {
  it("goes back stroke by stroke, over a clearing too", () => {
    const drawing = new Drawing();
    expect(drawing.canUndo).toBe(false);
    drawing.begin();
    drawing.line({ x: 4, y: 4 }, { x: 9, y: 4 }, pen);
    drawing.line({ x: 9, y: 4 }, { x: 9, y: 20 }, pen);
    const first = drawing.ink.slice();
    drawing.clear();
    expect(drawing.ink.every((byte) => byte === 0)).toBe(true);
    drawing.undo();
    expect(drawing.ink).toEqual(first);
    drawing.undo();
    expect(drawing.ink.every((byte) => byte === 0)).toBe(true);
    expect(drawing.canUndo).toBe(false);
    drawing.undo();
  });
});
