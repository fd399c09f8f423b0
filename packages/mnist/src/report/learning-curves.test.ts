import { describe, expect, it } from "vitest";
import { learningCurves, smooth } from "./learning-curves.ts";

describe("smooth", () => {
  it("keeps a constant, from its first value on", () => {
    for (const value of smooth([2, 2, 2, 2], 50)) expect(value).toBeCloseTo(2, 12);
  });

  it("is the bias-corrected average", () => {
    // beta = 1/2: (0.5·0.5·1 + 0.5·3) / (1 − 1/4) = 7/3
    expect([...smooth([1, 3], 2)]).toEqual([1, 7 / 3]);
  });

  it("passes over what is not finite", () => {
    expect([...smooth([1, Number.NaN, 1], 2)]).toEqual([1, 1, 1]);
  });
});

describe("learningCurves", () => {
  it("stays finite with losses of 0 and with a single epoch", () => {
    const epoch = {
      epoch: 1,
      steps: 3,
      learningRate: 0.1,
      trainLoss: 0,
      trainAccuracy: 1,
      validationLoss: null,
      validationAccuracy: null,
      seconds: 0,
      imagesPerSecond: 0,
    };
    const text = learningCurves([epoch], [2.3, 0, 0]).text;
    expect(text).not.toMatch(/NaN|Infinity/);
    expect(text.match(/<svg/g)).toHaveLength(4);
  });

  it("shows the steps alone when no epoch was finished, and says so when there is nothing", () => {
    expect(learningCurves([], [2, 1]).text.match(/<svg/g)).toHaveLength(2);
    expect(learningCurves([], []).text).toContain("fewer than two training steps");
  });
});
