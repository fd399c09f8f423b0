import { Variable } from "@adjoint/autograd";
import { ones, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Parameter } from "../parameter.ts";
import { RMSprop, type RMSpropOptions } from "./rmsprop.ts";

const weightOf = (...values: number[]): Parameter =>
  new Parameter(tensor(Float64Array.from(values)) as Tensor);

function run(weight: Parameter, optimizer: RMSprop, gradients: readonly number[]): void {
  for (const gradient of gradients) {
    weight.grad = new Variable(tensor(Float64Array.of(gradient)) as Tensor);
    optimizer.step();
  }
}

/** Where a weight that starts at 1 is after steps of these gradients. */
function after(gradients: readonly number[], options: RMSpropOptions): number {
  const weight = weightOf(1);
  run(weight, new RMSprop([weight], { learningRate: 0.5, alpha: 0.75, epsilon: 0, ...options }), gradients);
  return weight.item();
}

describe("RMSprop, by hand", () => {
  it("v = 0.25·g², so that the first step is η/√0.25", () => {
    expect(after([3], {})).toBeCloseTo(1 - 0.5 * 2, 14);
    expect(after([3], { maximize: true })).toBeCloseTo(1 + 0.5 * 2, 14);
  });
  it("then v = 0.75·1 + 0.25·16", () => {
    expect(after([2, 4], {})).toBeCloseTo(0 - (0.5 * 4) / Math.sqrt(4.75), 14);
  });
  it("adds ε to the root", () => expect(after([2], { epsilon: 1 })).toBeCloseTo(1 - (0.5 * 2) / (1 + 1), 14));
  it("adds λw to the gradient", () => expect(after([0], { weightDecay: 0.1 })).toBeCloseTo(0, 14));
  it("subtracts the square of the mean gradient if centered: 0.25·4 − 0.25·1", () => {
    expect(after([2], { centered: true })).toBeCloseTo(1 - (0.5 * 2) / Math.sqrt(0.75), 14);
  });
  it("keeps a velocity: u = 2, then 0.5·2 + 4/√4.75", () => {
    expect(after([2, 4], { momentum: 0.5 })).toBeCloseTo(-0.5 * (1 + 4 / Math.sqrt(4.75)), 14);
  });
});

describe("RMSprop", () => {
  it("writes in place and keeps float32 in float32", () => {
    const weight = new Parameter(ones([2]) as Tensor);
    const { storage } = weight.value;
    weight.grad = new Variable(ones([2]) as Tensor);
    new RMSprop([weight], { centered: true, momentum: 0.9 }).step();
    expect(weight.value.storage).toBe(storage);
    expect(storage.writer).toBe("RMSprop.step");
    expect(weight.grad.toArray()).toEqual([1, 1]);
    expectClose(weight, [1 - 0.01 / Math.sqrt(0.0099), 1 - 0.01 / Math.sqrt(0.0099)], 1e-6);
    expect(weight.dtype).toBe("float32");
  });

  it("goes on from its state as if it had not stopped", () => {
    const options = { learningRate: 0.1, centered: true, momentum: 0.5 };
    const [whole, first] = [weightOf(1), weightOf(1)];
    run(whole, new RMSprop([whole], options), [2, 1, -1, 3]);
    const before = new RMSprop([first], options);
    run(first, before, [2, 1]);
    const second = new Parameter(first.value.copy());
    const then = new RMSprop([second], options);
    then.loadStateDict(before.stateDict());
    run(second, then, [-1, 3]);
    expect(second.item()).toBe(whole.item());
  });

  it("keeps what its settings need and no more", () => {
    const names = (options: RMSpropOptions): string[] => [
      ...new RMSprop([weightOf(1)], options).stateDict().keys(),
    ];
    expect(names({})).toEqual(["learningRate", "0.secondMoment"]);
    expect(names({ centered: true, momentum: 0.1 })).toEqual([
      "learningRate",
      "0.secondMoment",
      "0.firstMoment",
      "0.velocity",
    ]);
  });
});

describe("RMSprop refuses", () => {
  const refused: Record<string, [RMSpropOptions, string]> = {
    "an alpha of 1": [{ alpha: 1 }, "[RMSprop] alpha is 1. Give a number from 0 to below 1."],
    "a negative epsilon": [{ epsilon: -1 }, "[RMSprop] epsilon is -1. Give a finite number of at least 0."],
    "a negative momentum": [
      { momentum: -1 },
      "[RMSprop] momentum is -1. Give a finite number of at least 0.",
    ],
    "an unknown option": [
      { lr: 1 } as RMSpropOptions,
      '[RMSprop] unknown option "lr". Known options: learningRate, alpha, epsilon, weightDecay, momentum, centered, maximize.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [options, message]) => {
    expect(errorOf(() => new RMSprop([weightOf(1)], options)).message).toBe(message);
  });
});
