import { Variable } from "@adjoint/autograd";
import { ones, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Parameter } from "../parameter.ts";
import { Adagrad, type AdagradOptions } from "./adagrad.ts";

const weightOf = (...values: number[]): Parameter =>
  new Parameter(tensor(Float64Array.from(values)) as Tensor);

function run(weight: Parameter, optimizer: Adagrad, gradients: readonly number[]): void {
  for (const gradient of gradients) {
    weight.grad = new Variable(tensor(Float64Array.of(gradient)) as Tensor);
    optimizer.step();
  }
}

/** Where a weight that starts at 1 is after steps of these gradients. */
function after(gradients: readonly number[], options: AdagradOptions): number {
  const weight = weightOf(1);
  run(weight, new Adagrad([weight], { learningRate: 0.5, epsilon: 0, ...options }), gradients);
  return weight.item();
}

describe("Adagrad, by hand", () => {
  it("steps by η first, then by η·4/√(3² + 4²)", () => {
    expect(after([3], {})).toBeCloseTo(0.5, 14);
    expect(after([3, 4], {})).toBeCloseTo(0.5 - 0.5 * 0.8, 14);
    expect(after([3], { maximize: true })).toBeCloseTo(1.5, 14);
  });
  it("starts from an accumulator: √(16 + 3²) = 5", () => {
    expect(after([3], { initialAccumulator: 16 })).toBeCloseTo(1 - 0.5 * 0.6, 14);
  });
  it("adds ε to the root", () => expect(after([3], { epsilon: 2 })).toBeCloseTo(1 - 0.5 * 0.6, 14));
  it("adds λw to the gradient", () => expect(after([0], { weightDecay: 0.1 })).toBeCloseTo(0.5, 14));
  it("shortens the second step to η / (1 + κ)", () => {
    expect(after([3, 4], { learningRateDecay: 1 })).toBeCloseTo(0.5 - 0.25 * 0.8, 14);
  });
});

describe("Adagrad", () => {
  it("writes in place and keeps float32 in float32", () => {
    const weight = new Parameter(ones([2]) as Tensor);
    const { storage } = weight.value;
    weight.grad = new Variable(ones([2]) as Tensor);
    new Adagrad([weight]).step();
    expect(weight.value.storage).toBe(storage);
    expect(storage.writer).toBe("Adagrad.step");
    expectClose(weight, [0.99, 0.99], 1e-7);
    expect(weight.dtype).toBe("float32");
  });

  it("goes on from its state as if it had not stopped", () => {
    const options = { learningRate: 0.1, learningRateDecay: 0.5 };
    const [whole, first] = [weightOf(1), weightOf(1)];
    run(whole, new Adagrad([whole], options), [2, 1, -1, 3]);
    const before = new Adagrad([first], options);
    run(first, before, [2, 1]);
    const second = new Parameter(first.value.copy());
    const then = new Adagrad([second], options);
    then.loadStateDict(before.stateDict());
    run(second, then, [-1, 3]);
    expect(second.item()).toBe(whole.item());
    expect([...then.stateDict().keys()]).toEqual(["learningRate", "0.step", "0.squares"]);
  });

  it("has no momentum to move", () => {
    const optimizer = new Adagrad([weightOf(1)]);
    expect(optimizer.momentum).toBeNull();
    expect(
      errorOf(() => {
        optimizer.momentum = 0.5;
      }).message,
    ).toBe(
      "[momentum] momentum is set to 0.5, and this Adagrad keeps none. Use SGD or RMSprop built with a momentum above 0, or Adam.",
    );
  });
});

describe("Adagrad refuses", () => {
  const refused: Record<string, [AdagradOptions, string]> = {
    "a negative decay": [
      { learningRateDecay: -1 },
      "[Adagrad] learningRateDecay is -1. Give a finite number of at least 0.",
    ],
    "a negative accumulator": [
      { initialAccumulator: -1 },
      "[Adagrad] initialAccumulator is -1. Give a finite number of at least 0.",
    ],
    "an epsilon of NaN": [
      { epsilon: Number.NaN },
      "[Adagrad] epsilon is NaN. Give a finite number of at least 0.",
    ],
    "an unknown option": [
      { lr: 1 } as AdagradOptions,
      '[Adagrad] unknown option "lr". Known options: learningRate, learningRateDecay, weightDecay, initialAccumulator, epsilon, maximize.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [options, message]) => {
    expect(errorOf(() => new Adagrad([weightOf(1)], options)).message).toBe(message);
  });
});
