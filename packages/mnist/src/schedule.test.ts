import { describe, expect, it } from "vitest";
import { scheduleFactor } from "./schedule.ts";

describe("scheduleFactor", () => {
  it.each([
    ["cosine", [1, 0.5, 0]],
    ["linear", [1, 0.5, 0]],
    ["constant", [1, 1, 1]],
  ] as const)("%s at the start, in the middle and at the end", (schedule, factors) => {
    for (const [index, factor] of factors.entries()) {
      expect(scheduleFactor(schedule, 50 * index, 100)).toBeCloseTo(factor, 12);
    }
  });

  it("falls later with a cosine than with a line", () => {
    expect(scheduleFactor("cosine", 25, 100)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
    expect(scheduleFactor("linear", 25, 100)).toBe(0.75);
  });
});
