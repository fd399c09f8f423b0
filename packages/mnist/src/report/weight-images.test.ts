import { describe, expect, it } from "vitest";
import { colorScale, shownUnits, weightImages } from "./weight-images.ts";

describe("colorScale", () => {
  it("is a high percentile of the magnitudes, and never 0", () => {
    const weights = Float32Array.from({ length: 1001 }, (_, i) => (i % 2 === 0 ? i : -i));
    expect(colorScale(weights)).toBe(995);
    expect(colorScale(new Float32Array(10))).toBe(1);
    expect(colorScale(new Float32Array(0))).toBe(1);
  });
});

describe("weightImages", () => {
  it("draws every unit of a small layer and states the scale", () => {
    const text = weightImages(new Float32Array(3 * 784).fill(0.25)).text;
    expect([...text.matchAll(/title="unit (\d+)"/g)].map(([, unit]) => unit)).toEqual(["0", "1", "2"]);
    expect(text).toContain("<span>−0.25</span>");
    expect(text).toContain("All 3 units");
  });

  it("chooses the strongest units of a large one", () => {
    const units = shownUnits + 2;
    const weights = Float32Array.from({ length: units * 784 }, (_, i) => (i < 2 * 784 ? 0.01 : 1));
    const text = weightImages(weights).text;
    const shown = [...text.matchAll(/title="unit (\d+)"/g)].map(([, unit]) => Number(unit));
    expect(shown).toEqual(Array.from({ length: shownUnits }, (_, i) => i + 2));
    expect(text).toContain(`The ${shownUnits} of ${units} units`);
  });
});
