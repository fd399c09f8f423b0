/** The curves by hand: values at their corners, and what they refuse. Against PyTorch: test/schedules-pytorch.test.ts. */
import { describe, expect, it } from "vitest";
import { errorOf } from "../../test/expect-close.ts";
import { cosineAnnealingLR } from "./cosine-annealing-lr.ts";
import type { Curve } from "./curve.ts";
import { exponentialLR } from "./exponential-lr.ts";
import { linearLR } from "./linear-lr.ts";
import { multiStepLR } from "./multi-step-lr.ts";
import { type OneCycleLROptions, oneCycleLR } from "./one-cycle-lr.ts";
import { sequentialLR } from "./sequential-lr.ts";
import { stepLR } from "./step-lr.ts";

/** The rates at these steps from a base of 8. */
const rates = (curve: Curve, steps: readonly number[]): number[] => steps.map((step) => curve.rate(step, 8));

describe("a curve of the learning rate", () => {
  it("stepLR halves every two steps", () => {
    expect(rates(stepLR({ stepSize: 2, gamma: 0.5 }), [0, 1, 2, 3, 4])).toEqual([8, 8, 4, 4, 2]);
  });

  it("multiStepLR halves at its milestones, twice at one that is named twice", () => {
    expect(rates(multiStepLR({ milestones: [1, 3, 3], gamma: 0.5 }), [0, 1, 2, 3, 9])).toEqual([
      8, 4, 4, 1, 1,
    ]);
    expect(rates(multiStepLR({ milestones: [] }), [0, 5])).toEqual([8, 8]);
  });

  it("exponentialLR halves at every step", () => {
    expect(rates(exponentialLR({ gamma: 0.5 }), [0, 1, 2, 3])).toEqual([8, 4, 2, 1]);
  });

  it("cosineAnnealingLR goes from the base to etaMin, half way in the middle, and climbs again", () => {
    const curve = cosineAnnealingLR({ tMax: 4, etaMin: 2 });
    expect(curve.rate(0, 8)).toBe(8);
    expect(curve.rate(2, 8)).toBeCloseTo(5, 14);
    expect(curve.rate(4, 8)).toBe(2);
    expect(curve.rate(8, 8)).toBe(8);
  });

  it("linearLR is a line, then level", () => {
    const curve = linearLR({ startFactor: 0.25, endFactor: 0.75, totalIters: 4 });
    expect(rates(curve, [0, 2, 4, 5, 100])).toEqual([2, 4, 6, 6, 6]);
  });

  it("sequentialLR starts each curve at its milestone", () => {
    const warmUp = linearLR({ startFactor: 0.5, totalIters: 2 });
    const curve = sequentialLR([warmUp, exponentialLR({ gamma: 0.5 }), stepLR({ stepSize: 9 })], {
      milestones: [2, 4],
    });
    expect(rates(curve, [0, 1, 2, 3, 4, 5])).toEqual([4, 6, 8, 4, 8, 8]);
    expect(curve.momentum).toBeUndefined();
  });

  it("sequentialLR moves the momentum if all its curves do", () => {
    const cycle = oneCycleLR({ maxLR: 1, totalSteps: 4, pctStart: 0.5, annealStrategy: "linear" });
    const curve = sequentialLR([cycle, cycle], { milestones: [4] });
    expect([0, 1, 3, 4, 5].map((step) => curve.momentum?.(step))).toEqual([0.95, 0.85, 0.95, 0.95, 0.85]);
    expect(sequentialLR([cycle, linearLR()], { milestones: [4] }).momentum).toBeUndefined();
  });
});

describe("oneCycleLR", () => {
  const options: OneCycleLROptions = {
    maxLR: 10,
    totalSteps: 10,
    pctStart: 0.5,
    divFactor: 10,
    finalDivFactor: 4,
    annealStrategy: "linear",
  };

  it("rises to the highest rate and falls to the lowest, the momentum against it", () => {
    const curve = oneCycleLR({ ...options, baseMomentum: 0.5, maxMomentum: 0.75 });
    expect(rates(curve, [0, 2, 4, 9])).toEqual([1, 5.5, 10, 0.25]);
    expect([0, 2, 4, 9].map((step) => curve.momentum?.(step))).toEqual([0.75, 0.625, 0.5, 0.75]);
    expect(oneCycleLR({ ...options, cycleMomentum: false }).momentum).toBeUndefined();
  });

  it("falls in two parts if asked", () => {
    expect(
      rates(oneCycleLR({ ...options, totalSteps: 12, threePhase: true, pctStart: 0.25 }), [0, 2, 4, 11]),
    ).toEqual([1, 10, 1, 0.25]);
  });

  it("follows half a cosine wave by default", () => {
    const { annealStrategy: _, ...cosine } = options;
    const curve = oneCycleLR(cosine);
    expect(curve.rate(2, 0)).toBeCloseTo(5.5, 14);
    expect(curve.rate(1, 0)).toBeCloseTo(1 + (9 * (1 - Math.SQRT1_2)) / 2, 14);
  });

  it("starts at the top where there is no time to rise", () => {
    expect(oneCycleLR({ ...options, totalSteps: 10, pctStart: 0.1 }).rate(0, 0)).toBe(10);
  });
});

describe("a curve refuses", () => {
  const cycle = { maxLR: 1, totalSteps: 10 };
  const refused: Record<string, [() => unknown, string]> = {
    "a step of nothing": [
      () => stepLR({ stepSize: 0 }),
      "[stepLR] stepSize is 0. Give a whole number of at least 1.",
    ],
    "a negative factor": [
      () => exponentialLR({ gamma: -1 }),
      "[exponentialLR] gamma is -1. Give a finite number of at least 0.",
    ],
    "milestones that fall": [
      () => multiStepLR({ milestones: [5, 3] }),
      "[multiStepLR] milestones is [5, 3]. Give whole numbers of at least 0 that do not fall.",
    ],
    "half a wave of no length": [
      () => cosineAnnealingLR({ tMax: 0 }),
      "[cosineAnnealingLR] tMax is 0. Give a whole number of at least 1.",
    ],
    "PyTorch's spelling": [
      () => linearLR({ total_iters: 3 } as never),
      '[linearLR] unknown option "total_iters". Known options: startFactor, endFactor, totalIters.',
    ],
    "a curve too many": [
      () => sequentialLR([linearLR(), linearLR()], { milestones: [] }),
      "[sequentialLR] there are 2 curves and 0 milestones. Give one milestone between each two curves.",
    ],
    "a share above 1": [
      () => oneCycleLR({ ...cycle, pctStart: 30 }),
      "[oneCycleLR] pctStart is 30. Give a share from 0 to 1.",
    ],
    "another strategy": [
      () => oneCycleLR({ ...cycle, annealStrategy: "cosine" as "cos" }),
      '[oneCycleLR] annealStrategy is "cosine". Give "cos" or "linear".',
    ],
    "a step after the end": [
      () => oneCycleLR(cycle).rate(11, 1),
      "[oneCycleLR] step 11 is asked of a cycle of 10 steps. Give the number of steps of the whole training.",
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
