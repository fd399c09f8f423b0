import { Variable } from "@adjoint/autograd";
import { ones, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Parameter } from "../parameter.ts";
import { StateDictError } from "../state-dict.ts";
import { SGD, type SGDOptions } from "./sgd.ts";

function weightOf(...values: number[]): Parameter {
  return new Parameter(tensor(Float64Array.from(values)) as Tensor);
}

/** Steps with the gradients given, one after the other. */
function run(weight: Parameter, optimizer: SGD, gradients: readonly number[]): void {
  for (const gradient of gradients) {
    weight.grad = new Variable(tensor(Float64Array.of(gradient)) as Tensor);
    optimizer.step();
  }
}

/** Where a weight that starts at 1 is after two steps at learning rate 0.5 with gradients 2 and 1. */
function afterTwo(options: Omit<SGDOptions, "learningRate">): number {
  const weight = weightOf(1);
  run(weight, new SGD([weight], { learningRate: 0.5, ...options }), [2, 1]);
  return weight.item();
}

describe("SGD, by hand", () => {
  it("w − ηg", () => expect(afterTwo({})).toBe(1 - 1 - 0.5));
  it("climbs when it maximizes", () => expect(afterTwo({ maximize: true })).toBe(1 + 1 + 0.5));
  it("adds λw to the gradient", () => {
    // g₁ = 2 + 0.5·1, w₁ = 1 − 1.25; g₂ = 1 + 0.5·(−0.25)
    expect(afterTwo({ weightDecay: 0.5 })).toBe(-0.25 - 0.5 * 0.875);
  });
  it("keeps a velocity: v₁ = 2, v₂ = 0.5·2 + 1", () => {
    expect(afterTwo({ momentum: 0.5 })).toBe(1 - 0.5 * 2 - 0.5 * 2);
  });
  it("dampens all gradients but the first: v₁ = 2, v₂ = 0.5·2 + (1 − 0.25)·1", () => {
    expect(afterTwo({ momentum: 0.5, dampening: 0.25 })).toBe(1 - 0.5 * 2 - 0.5 * 1.75);
  });
  it("looks ahead with nesterov: g + μv is 2 + 0.5·2, then 1 + 0.5·2", () => {
    expect(afterTwo({ momentum: 0.5, nesterov: true })).toBe(1 - 0.5 * 3 - 0.5 * 2);
  });
});

describe("SGD", () => {
  it("passes over a parameter without a gradient, and over one of no elements", () => {
    const [still, empty] = [weightOf(3), new Parameter(zeros([0, 2]) as Tensor)];
    empty.grad = new Variable(zeros([0, 2]) as Tensor);
    new SGD([still, empty], { learningRate: 1, momentum: 0.9 }).step();
    expect(still.item()).toBe(3);
    expect(empty.toArray()).toEqual([]);
  });

  it("writes in place and says so to a backward pass that needs the old numbers", () => {
    const weight = weightOf(1);
    const { storage } = weight.value;
    run(weight, new SGD([weight], { learningRate: 1 }), [1]);
    expect(weight.value.storage).toBe(storage);
    expect(storage.writer).toBe("SGD.step");
    expect(storage.version).toBe(1);
  });

  it("leaves the gradient as it is", () => {
    const weight = weightOf(1);
    run(weight, new SGD([weight], { learningRate: 1, momentum: 0.9, weightDecay: 0.1 }), [2, 2]);
    expect(weight.grad?.toArray()).toEqual([2]);
  });

  it("keeps float32 in float32", () => {
    const weight = new Parameter(ones([2]) as Tensor);
    weight.grad = new Variable(ones([2]) as Tensor);
    new SGD([weight], { learningRate: 0.1, momentum: 0.9, weightDecay: 0.1 }).step();
    expect(weight.dtype).toBe("float32");
    expectClose(weight, [0.89, 0.89], 1e-7);
  });

  it("forgets gradients", () => {
    const weight = weightOf(1);
    const optimizer = new SGD([weight], { learningRate: 1 });
    run(weight, optimizer, [1]);
    optimizer.zeroGrad();
    expect(weight.grad).toBeNull();
  });
});

describe("the state of SGD", () => {
  const options = { learningRate: 0.5, momentum: 0.9, dampening: 0.1 };

  it("lets training go on as if it had not stopped", () => {
    const [whole, first] = [weightOf(1), weightOf(1)];
    run(whole, new SGD([whole], options), [2, 1, -1, 3]);
    const before = new SGD([first], options);
    run(first, before, [2, 1]);
    const second = new Parameter(first.value.copy());
    const after = new SGD([second], { ...options, learningRate: 7 });
    after.loadStateDict(before.stateDict());
    expect(after.learningRate).toBe(0.5);
    run(second, after, [-1, 3]);
    expect(second.item()).toBe(whole.item());
  });

  it("is named by parameter position", () => {
    const names = [...new SGD([weightOf(1), weightOf(2)], options).stateDict().keys()];
    expect(names).toEqual(["learningRate", "0.velocity", "0.gain", "1.velocity", "1.gain"]);
    expect([...new SGD([weightOf(1)], { learningRate: 1 }).stateDict().keys()]).toEqual(["learningRate"]);
  });

  it("is not written in part", () => {
    const weight = weightOf(1);
    const optimizer = new SGD([weight], options);
    const state = optimizer.stateDict();
    const other = new SGD([weightOf(1)], { learningRate: 3 }).stateDict();
    expect(() => optimizer.loadStateDict(other)).toThrow(StateDictError);
    state.set("0.gain", tensor([1, 2]) as Tensor);
    state.set("learningRate", tensor(9) as Tensor);
    expect(errorOf(() => optimizer.loadStateDict(state)).message).toBe(
      "[loadStateDict] the state does not fit the optimizer: of another shape: 0.gain (the optimizer has [], the state [2]). Build the optimizer with the settings it was saved with.",
    );
    expect(optimizer.learningRate).toBe(0.5);
    expect(optimizer.stateDict().get("0.gain")?.item()).toBe(1);
  });

  it("refuses a learning rate that cannot be", () => {
    const optimizer = new SGD([weightOf(1)], options);
    const state = optimizer.stateDict().set("learningRate", tensor(-1) as Tensor);
    expect(() => optimizer.loadStateDict(state)).toThrow("learningRate is -1");
  });
});

describe("SGD refuses", () => {
  const refused: Record<string, [Partial<SGDOptions>, string]> = {
    "a negative learning rate": [
      { learningRate: -1 },
      "[SGD] learningRate is -1. Give a finite number of at least 0.",
    ],
    "a learning rate of NaN": [
      { learningRate: Number.NaN },
      "[SGD] learningRate is NaN. Give a finite number of at least 0.",
    ],
    "a negative momentum": [
      { momentum: -0.1 },
      "[SGD] momentum is -0.1. Give a finite number of at least 0.",
    ],
    "a negative weight decay": [
      { weightDecay: -1 },
      "[SGD] weightDecay is -1. Give a finite number of at least 0.",
    ],
    "an infinite dampening": [
      { momentum: 0.9, dampening: Number.POSITIVE_INFINITY },
      "[SGD] dampening is Infinity. Give a finite number.",
    ],
    "nesterov without momentum": [
      { nesterov: true },
      "[SGD] nesterov with momentum 0 and dampening 0. Nesterov needs momentum above 0 and dampening 0.",
    ],
    "nesterov with dampening": [
      { nesterov: true, momentum: 0.9, dampening: 0.1 },
      "[SGD] nesterov with momentum 0.9 and dampening 0.1. Nesterov needs momentum above 0 and dampening 0.",
    ],
    "an unknown option": [
      { lr: 1 } as Partial<SGDOptions>,
      '[SGD] unknown option "lr". Known options: learningRate, momentum, dampening, weightDecay, nesterov, maximize.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [options, message]) => {
    expect(errorOf(() => new SGD([weightOf(1)], { learningRate: 1, ...options })).message).toBe(message);
  });

  it("no parameters, and one that comes twice", () => {
    const weight = weightOf(1);
    expect(errorOf(() => new SGD([], { learningRate: 1 })).message).toBe(
      "[SGD] there is nothing to optimize. Give model.parameters().",
    );
    expect(errorOf(() => new SGD([weight, weight], { learningRate: 1 })).message).toBe(
      "[SGD] parameter 1 is the same as parameter 0. Give each parameter once, as model.parameters() does.",
    );
  });

  it("a learning rate set to nonsense later", () => {
    const optimizer = new SGD([weightOf(1)], { learningRate: 1 });
    expect(() => {
      optimizer.learningRate = Number.NaN;
    }).toThrow("learningRate is NaN");
    expect(optimizer.learningRate).toBe(1);
  });
});
