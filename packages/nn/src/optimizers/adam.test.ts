import { Variable } from "@adjoint/autograd";
import { ones, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Parameter } from "../parameter.ts";
import { Adam } from "./adam.ts";
import { AdamW } from "./adamw.ts";
import type { AdamOptions } from "./adaptive-moments.ts";
import type { Optimizer } from "./optimizer.ts";

const weightOf = (...values: number[]): Parameter =>
  new Parameter(tensor(Float64Array.from(values)) as Tensor);

function run(weight: Parameter, optimizer: Optimizer, gradients: readonly number[]): void {
  for (const gradient of gradients) {
    weight.grad = new Variable(tensor(Float64Array.of(gradient)) as Tensor);
    optimizer.step();
  }
}

/** Where a weight that starts at 1 is after steps of these gradients. */
function after(gradients: readonly number[], options: AdamOptions, decoupled = false): number {
  const weight = weightOf(1);
  const settings = { learningRate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 0, ...options };
  run(weight, decoupled ? new AdamW([weight], settings) : new Adam([weight], settings), gradients);
  return weight.item();
}

describe("Adam, by hand", () => {
  it("steps by η first, whatever the size of the gradient: m̂ = g, v̂ = g²", () => {
    for (const g of [1e-3, 1, 1e3]) expect(after([g], {})).toBeCloseTo(0.5, 14);
    expect(after([-2], {})).toBeCloseTo(1.5, 14);
    expect(after([-2], { maximize: true })).toBeCloseTo(0.5, 14);
  });
  it("then by the corrected means: m = 0.5·1 + 0.5·4 = 2.5, v = 0.75·1 + 0.25·16 = 4.75", () => {
    const [m, v] = [2.5 / 0.75, 4.75 / (1 - 0.75 ** 2)];
    expect(after([2, 4], {})).toBeCloseTo(0.5 - (0.5 * m) / Math.sqrt(v), 14);
  });
  it("adds ε to the corrected root", () => {
    expect(after([2], { epsilon: 3 })).toBeCloseTo(1 - (0.5 * 2) / (2 + 3), 14);
  });
  it("adds λw to the gradient; AdamW shrinks the weight by ηλ instead", () => {
    expect(after([0], { weightDecay: 0.1 })).toBeCloseTo(0.5, 14);
    expect(after([2], { weightDecay: 0.1 }, true)).toBeCloseTo(0.95 - 0.5, 14);
    expect(after([2], {}, true), "λ is 0.01 by default").toBeCloseTo(0.995 - 0.5, 14);
    expect(after([2], { weightDecay: 0 }, true)).toBeCloseTo(0.5, 14);
  });
  it("divides by the largest v with amsgrad", () => {
    // v₁ = 25, v₂ = 18.75 + 0.25, of which the first is the larger.
    const m = (0.25 * 10 + 0.5) / 0.75;
    const v = 25 / (1 - 0.75 ** 2);
    expect(after([10, 1], { amsgrad: true })).toBeCloseTo(0.5 - (0.5 * m) / Math.sqrt(v), 14);
  });
});

describe("Adam", () => {
  it("counts the steps of each parameter: one without a gradient stands still and starts later", () => {
    const [early, late] = [weightOf(1), weightOf(1)];
    const optimizer = new Adam([early, late], { learningRate: 0.5 });
    run(early, optimizer, [1, 1]);
    expect(late.item()).toBe(1);
    late.grad = new Variable(tensor(Float64Array.of(1)) as Tensor);
    early.grad = null;
    optimizer.step();
    expectClose(late, [0.5], 1e-7);
    const state = optimizer.stateDict();
    expect([state.get("0.step")?.item(), state.get("1.step")?.item()]).toEqual([2, 1]);
  });

  it("writes in place, leaves the gradient as it is, and keeps float32 in float32", () => {
    for (const make of [Adam, AdamW]) {
      const weight = new Parameter(ones([2]) as Tensor);
      const { storage } = weight.value;
      weight.grad = new Variable(ones([2]) as Tensor);
      new make([weight], { learningRate: 0.1, weightDecay: 0 }).step();
      expect(weight.value.storage).toBe(storage);
      expect(storage.writer).toBe(`${make.name}.step`);
      expect(weight.grad.toArray()).toEqual([1, 1]);
      expect(weight.dtype).toBe("float32");
      expectClose(weight, [0.9, 0.9], 1e-7);
    }
  });

  it("takes a parameter of no elements", () => {
    const empty = new Parameter(zeros([0, 2]) as Tensor);
    empty.grad = new Variable(zeros([0, 2]) as Tensor);
    expect(() => new Adam([empty], { amsgrad: true }).step()).not.toThrow();
  });

  it("goes on from its state as if it had not stopped", () => {
    const options = { learningRate: 0.1, amsgrad: true };
    const [whole, first] = [weightOf(1), weightOf(1)];
    run(whole, new Adam([whole], options), [2, 1, -1, 3]);
    const before = new Adam([first], options);
    run(first, before, [2, 1]);
    const second = new Parameter(first.value.copy());
    const then = new Adam([second], { ...options, learningRate: 7 });
    then.loadStateDict(before.stateDict());
    run(second, then, [-1, 3]);
    expect(second.item()).toBe(whole.item());
    expect([...before.stateDict().keys()]).toEqual([
      "learningRate",
      "0.step",
      "0.firstMoment",
      "0.secondMoment",
      "0.largestMoment",
    ]);
  });

  it("has beta1 for its momentum, which may be set between steps", () => {
    const weight = weightOf(1);
    const optimizer = new Adam([weight], { learningRate: 0.5, beta1: 0.9 });
    expect(optimizer.momentum).toBe(0.9);
    optimizer.momentum = 0.5;
    run(weight, optimizer, [2]);
    expect(optimizer.stateDict().get("0.firstMoment")?.item()).toBe(1);
    expect(
      errorOf(() => {
        optimizer.momentum = 1;
      }).message,
    ).toBe("[momentum] beta1 is 1. Give a number from 0 to below 1.");
    expect(optimizer.momentum).toBe(0.5);
  });
});

describe("Adam and AdamW refuse", () => {
  const refused: Record<string, [AdamOptions, string]> = {
    "a beta1 of 1": [{ beta1: 1 }, "[Adam] beta1 is 1. Give a number from 0 to below 1."],
    "a beta2 of NaN": [{ beta2: Number.NaN }, "[Adam] beta2 is NaN. Give a number from 0 to below 1."],
    "a negative epsilon": [{ epsilon: -1 }, "[Adam] epsilon is -1. Give a finite number of at least 0."],
    "a negative weight decay": [
      { weightDecay: -1 },
      "[Adam] weightDecay is -1. Give a finite number of at least 0.",
    ],
    "a negative learning rate": [
      { learningRate: -1 },
      "[Adam] learningRate is -1. Give a finite number of at least 0.",
    ],
    "PyTorch's spelling": [
      { betas: [0.9, 0.999] } as AdamOptions,
      '[Adam] unknown option "betas". Known options: learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, maximize.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [options, message]) => {
    expect(errorOf(() => new Adam([weightOf(1)], options)).message).toBe(message);
    const own = message.replace("[Adam]", "[AdamW]");
    expect(errorOf(() => new AdamW([weightOf(1)], options)).message).toBe(own);
  });
});
