import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearScale, logScale, type Scale } from "./scale.ts";

/** The domain's ends are ticks, ticks ascend, and all of [low, high] lies between 0 and 1. */
function expectToCover(scale: Scale, low: number, high: number): void {
  const { ticks, position } = scale;
  expect(ticks.length).toBeGreaterThan(1);
  expect([...ticks].sort((a, b) => a - b)).toEqual(ticks);
  expect(position(ticks[0] ?? Number.NaN)).toBeCloseTo(0, 9);
  expect(position(ticks.at(-1) ?? Number.NaN)).toBeCloseTo(1, 9);
  expect(position(low)).toBeGreaterThanOrEqual(-1e-6);
  expect(position(high)).toBeLessThanOrEqual(1 + 1e-6);
}

const magnitude = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe("linearScale", () => {
  it("ends on round numbers around the data", () => {
    expect(linearScale(1, 8, 8).ticks).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(linearScale(92.1, 100, 5).ticks).toEqual([92, 94, 96, 98, 100]);
    expect(linearScale(0, 0.3, 3).ticks).toEqual([0, 0.1, 0.2, 0.3]);
    expect(linearScale(5, 5, 4).ticks.length).toBeGreaterThan(1);
  });

  it("covers any data", () => {
    fc.assert(
      fc.property(magnitude, fc.double({ min: 1.0001, max: 1e4, noNaN: true }), (low, factor) =>
        expectToCover(linearScale(low, low * factor, 6), low, low * factor),
      ),
      { seed: 3 },
    );
  });
});

describe("logScale", () => {
  it("ticks at 1, 2 and 5, or at the powers alone when those would be many", () => {
    expect(logScale(0.015, 0.4).ticks).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5]);
    expect(logScale(0.0015, 3).ticks).toEqual([0.001, 0.01, 0.1, 1, 10]);
    expect(logScale(1, 1).ticks).toEqual([1, 2]);
  });

  it("covers any data", () => {
    fc.assert(
      fc.property(magnitude, fc.double({ min: 1, max: 1e4, noNaN: true }), (low, factor) =>
        expectToCover(logScale(low, low * factor), low, low * factor),
      ),
      { seed: 4 },
    );
  });
});
