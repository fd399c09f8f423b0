import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteText, exactText, numberText, shapeText, timeText } from "./number-text.ts";

describe("numberText", () => {
  it.each([
    [0, "0"],
    [-0, "−0"],
    [1, "1"],
    [-0.0123456, "−0.01235"],
    [12345.6, "12350"],
    [1.5e-7, "1.5e−7"],
    [-2e20, "−2e20"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
    [Number.NaN, "NaN"],
  ])("%f is %s", (x, text) => {
    expect(numberText(x)).toBe(text);
  });
});

describe("exactText", () => {
  it("is read back as the same number", () => {
    fc.assert(fc.property(fc.double(), (x) => Object.is(Number(exactText(x)), x)));
    expect(exactText(-0)).toBe("-0");
  });
});

it("shapes, bytes and times", () => {
  expect([shapeText([]), shapeText([8, 784])]).toEqual(["scalar", "[8 × 784]"]);
  expect([byteText(12), byteText(1234), byteText(5_678_000)]).toEqual(["12 B", "1.23 kB", "5.68 MB"]);
  expect([0, 999, 1234, 5_678_000, 12e9].map(timeText)).toEqual([
    "0",
    "999 ns",
    "1.23 µs",
    "5.68 ms",
    "12 s",
  ]);
  expect(byteText(3_456_000_000)).toBe("3.46 GB");
});
