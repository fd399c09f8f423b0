import { Variable } from "@adjoint/autograd";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf } from "../../test/expect-close.ts";
import { Parameter } from "../parameter.ts";
import { Optimizer } from "./optimizer.ts";
import { RMSprop } from "./rmsprop.ts";
import { SGD } from "./sgd.ts";

/** A rule of one's own: w ← w − η·sign(g), with the number of its steps. */
class SignDescent extends Optimizer<{ readonly step: Tensor }> {
  constructor(parameters: Iterable<Parameter>) {
    super("SignDescent", parameters, 0.5, { weightDecay: 1 });
    this.begin(() => ({ step: zeros([], { dtype: "float64" }) }));
  }

  protected override update(weight: Tensor, grad: Tensor, { step }: { readonly step: Tensor }): void {
    step.assign(1, { mode: "add" });
    weight.assign(grad.sign(), { mode: "sub", scale: this.rate(weight.dtype) });
  }
}

const weightOf = (value: number): Parameter => new Parameter(tensor(Float64Array.of(value)) as Tensor);

describe("an optimizer of one's own", () => {
  it("is told the gradient with the weight decay in it, and has its state saved", () => {
    const weight = weightOf(3);
    const optimizer = new SignDescent([weight, weightOf(0)]);
    weight.grad = new Variable(tensor(Float64Array.of(-2)) as Tensor);
    optimizer.step();
    expect(weight.item()).toBe(2.5);
    const state = optimizer.stateDict();
    expect([...state.keys()]).toEqual(["learningRate", "0.step", "1.step"]);
    expect([state.get("0.step")?.item(), state.get("1.step")?.item()]).toEqual([1, 0]);
  });
});

describe("the momentum of SGD and RMSprop", () => {
  it.each([SGD, RMSprop])("can be read, and set to another above 0 (%o)", (make) => {
    const optimizer = new make([weightOf(1)], { learningRate: 1, momentum: 0.9 });
    optimizer.momentum = 0.5;
    expect(optimizer.momentum).toBe(0.5);
    for (const value of [0, -1, Number.NaN]) {
      expect(() => {
        optimizer.momentum = value;
      }).toThrow(`[momentum] momentum is ${value}.`);
    }
    expect(optimizer.momentum).toBe(0.5);
  });

  it("moves the next step", () => {
    const weight = weightOf(0);
    const optimizer = new SGD([weight], { learningRate: 1, momentum: 0.9 });
    for (const momentum of [0.9, 0.5]) {
      optimizer.momentum = momentum;
      weight.grad = new Variable(tensor(Float64Array.of(1)) as Tensor);
      optimizer.step();
    }
    expect(weight.item()).toBe(-1 - 1.5);
  });

  it.each([SGD, RMSprop])("is null where there is none, and cannot be set (%o)", (make) => {
    const optimizer = new make([weightOf(1)], { learningRate: 1 });
    expect(optimizer.momentum).toBeNull();
    expect(
      errorOf(() => {
        optimizer.momentum = 0.5;
      }).message,
    ).toBe(
      `[momentum] momentum is set to 0.5, and this ${make.name} keeps none. Use SGD or RMSprop built with a momentum above 0, or Adam.`,
    );
  });
});
