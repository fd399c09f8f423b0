import { full, type Tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf } from "../../test/expect-close.ts";
import { SGD } from "../optimizers/sgd.ts";
import { Parameter } from "../parameter.ts";
import { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from "./reduce-lr-on-plateau.ts";

/** The rates after each metric, from 8. */
function follow(metrics: readonly number[], options: ReduceLROnPlateauOptions): number[] {
  const optimizer = new SGD([new Parameter(zeros([1]) as Tensor)], { learningRate: 8 });
  const scheduler = new ReduceLROnPlateau(optimizer, { factor: 0.5, ...options });
  return metrics.map((metric) => {
    scheduler.step(metric);
    return optimizer.learningRate;
  });
}

describe("ReduceLROnPlateau", () => {
  it("halves the rate after more bad metrics in a row than its patience", () => {
    expect(follow([3, 3, 3, 2, 2, 2, 2], { patience: 1 })).toEqual([8, 8, 4, 4, 4, 2, 2]);
  });
  it("waits for larger metrics in mode max", () => {
    expect(follow([1, 2, 3, 3], { patience: 0, mode: "max" })).toEqual([8, 8, 8, 4]);
  });
  it("wants more than the threshold, a share or a difference", () => {
    expect(follow([4, 3, 2.9], { patience: 0, threshold: 0.1 })).toEqual([8, 8, 4]);
    expect(follow([4, 3, 2.9], { patience: 0, threshold: 1, thresholdMode: "abs" })).toEqual([8, 4, 4]);
  });
  it("counts nothing while it cools down", () => {
    expect(follow([1, 1, 1, 1, 1], { patience: 0, cooldown: 2 })).toEqual([8, 4, 4, 4, 2]);
  });
  it("goes no lower than minLR, and not at all for less than eps", () => {
    expect(follow([1, 1, 1, 1], { patience: 0, minLR: 3 })).toEqual([8, 4, 3, 3]);
    expect(follow([1, 1], { patience: 0, eps: 4 })).toEqual([8, 8]);
  });
  it("takes NaN for no better", () => expect(follow([1, Number.NaN], { patience: 0 })).toEqual([8, 4]));

  it("goes on from its state", () => {
    const optimizer = new SGD([new Parameter(zeros([1]) as Tensor)], { learningRate: 8 });
    const first = new ReduceLROnPlateau(optimizer, { patience: 2 });
    for (const metric of [3, 4, 4]) first.step(metric);
    const second = new ReduceLROnPlateau(optimizer, { patience: 2 });
    second.loadStateDict(first.stateDict());
    expect(second.best).toBe(3);
    second.step(5);
    expect(optimizer.learningRate).toBeCloseTo(0.8, 14);
    const half = first.stateDict().set("badSteps", full([], 0.5) as Tensor);
    expect(errorOf(() => second.loadStateDict(half)).message).toBe(
      "[loadStateDict] badSteps is 0.5. Give a whole number of at least 0.",
    );
  });

  const refused: Record<string, [ReduceLROnPlateauOptions, string]> = {
    "a factor of 1": [{ factor: 1 }, "[ReduceLROnPlateau] factor is 1. Give a number from 0 to below 1."],
    "a mode": [{ mode: "lowest" as "min" }, '[ReduceLROnPlateau] mode is "lowest". Give min or max.'],
    "half a step of patience": [
      { patience: 0.5 },
      "[ReduceLROnPlateau] patience is 0.5. Give a whole number of at least 0.",
    ],
    "a negative threshold": [
      { threshold: -1 },
      "[ReduceLROnPlateau] threshold is -1. Give a finite number of at least 0.",
    ],
    "an unknown option": [
      { verbose: true } as ReduceLROnPlateauOptions,
      '[ReduceLROnPlateau] unknown option "verbose". Known options: mode, factor, patience, threshold, thresholdMode, cooldown, minLR, eps.',
    ],
  };
  it.each(Object.entries(refused))("refuses %s", (_, [options, message]) => {
    expect(errorOf(() => follow([], options)).message).toBe(message);
  });
});
