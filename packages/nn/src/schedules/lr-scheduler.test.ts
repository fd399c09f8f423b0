import { full, type Tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf } from "../../test/expect-close.ts";
import { Adam } from "../optimizers/adam.ts";
import { SGD, type SGDOptions } from "../optimizers/sgd.ts";
import { Parameter } from "../parameter.ts";
import { StateDictError } from "../state-dict.ts";
import { exponentialLR } from "./exponential-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";
import { oneCycleLR } from "./one-cycle-lr.ts";

const sgd = (options: Partial<SGDOptions> = {}): SGD =>
  new SGD([new Parameter(zeros([1]) as Tensor)], { learningRate: 8, ...options });

describe("LRScheduler", () => {
  it("sets the first rate at once, and the next at each step", () => {
    const optimizer = sgd();
    const scheduler = new LRScheduler(optimizer, { rate: (step, base) => base / (2 + step) });
    expect([scheduler.lastStep, optimizer.learningRate]).toEqual([0, 4]);
    scheduler.step();
    scheduler.step();
    expect([scheduler.lastStep, optimizer.learningRate]).toEqual([2, 2]);
  });

  it("moves the momentum with a curve that does, beta1 of Adam too", () => {
    const curve = oneCycleLR({ maxLR: 1, totalSteps: 4 });
    const adam = new Adam([new Parameter(zeros([1]) as Tensor)]);
    for (const optimizer of [sgd({ momentum: 0.5 }), adam]) {
      const scheduler = new LRScheduler(optimizer, curve);
      expect(optimizer.momentum).toBe(0.95);
      scheduler.step();
      expect(optimizer.momentum).toBeLessThan(0.95);
    }
  });

  it("goes on from its state, with the base and at the rate of where it stopped", () => {
    const [before, after] = [sgd(), sgd({ learningRate: 1 })];
    const first = new LRScheduler(before, exponentialLR({ gamma: 0.5 }));
    first.step();
    first.step();
    const second = new LRScheduler(after, exponentialLR({ gamma: 0.5 }));
    second.loadStateDict(first.stateDict());
    expect([second.lastStep, after.learningRate]).toEqual([2, 2]);
    second.step();
    expect(after.learningRate).toBe(1);
  });

  it("refuses a state that does not fit, and stays as it is", () => {
    const optimizer = sgd();
    const scheduler = new LRScheduler(optimizer, exponentialLR({ gamma: 0.5 }));
    expect(() => scheduler.loadStateDict(new Map())).toThrow(StateDictError);
    expect(errorOf(() => scheduler.loadStateDict(new Map([["step", full([], 1) as Tensor]]))).message).toBe(
      "[loadStateDict] the state does not fit the schedule: missing: base. Build the schedule with the settings it was saved with.",
    );
    const negative = scheduler.stateDict().set("step", full([], -1) as Tensor);
    expect(errorOf(() => scheduler.loadStateDict(negative)).message).toBe(
      "[loadStateDict] step is -1. Give a whole number of at least 0.",
    );
    expect([scheduler.lastStep, optimizer.learningRate]).toEqual([0, 8]);
  });

  it("refuses a curve of the momentum for an optimizer that has none, and a rate that is no number", () => {
    expect(errorOf(() => new LRScheduler(sgd(), oneCycleLR({ maxLR: 1, totalSteps: 4 }))).message).toBe(
      "[LRScheduler] the curve moves the momentum, and the optimizer has none. Build the optimizer with a momentum above 0, or the curve with cycleMomentum: false.",
    );
    expect(() => new LRScheduler(sgd(), { rate: () => Number.NaN })).toThrow("learningRate is NaN");
  });
});
