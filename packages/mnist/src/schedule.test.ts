import { describe, expect, it } from "vitest";
import { curveOf } from "./schedule.ts";

describe("curveOf", () => {
  it.each([
    ["cosine", [1, 0.5, 0]],
    ["linear", [1, 0.5, 0]],
    ["constant", [1, 1, 1]],
  ] as const)("%s at the start, in the middle and at the end", (schedule, factors) => {
    for (const [index, factor] of factors.entries()) {
      expect(curveOf(schedule, 100).rate(50 * index, 1)).toBeCloseTo(factor, 12);
    }
  });

  it("falls later with a cosine than with a line", () => {
    expect(curveOf("cosine", 100).rate(25, 1)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
    expect(curveOf("linear", 100).rate(25, 1)).toBe(0.75);
  });
});
