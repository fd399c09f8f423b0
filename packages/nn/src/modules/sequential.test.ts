import { type Value, Variable } from "@adjoint/autograd";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Module } from "../module.ts";
import { Flatten } from "./flatten.ts";
import { Linear } from "./linear.ts";
import { ReLU } from "./relu.ts";
import { Sequential } from "./sequential.ts";

describe("Sequential", () => {
  it("applies its modules in order", () => {
    const model = new Sequential(new Linear(1, 2, { bias: false }), new ReLU());
    model.loadStateDict(new Map([["0.weight", tensor([[1], [-1]]) as Tensor]]));
    expectClose(model.forward(tensor([[3]])), [[3, 0]], 0);
  });

  it("of nothing is the identity, as a Variable", () => {
    const x = zeros([2]);
    const y = new Sequential().forward(x);
    expect(y).toBeInstanceOf(Variable);
    expect(y.value).toBe(x);
  });

  it("holds another, and takes a list of modules", () => {
    const inner = new Sequential(new Linear(4, 3), new ReLU());
    const list: Module[] = [new Flatten(), inner, new Linear(3, 2)];
    const model = new Sequential(...list);
    expect(model.forward(zeros([5, 2, 2])).shape).toEqual([5, 2]);
    expect(model.modules).toEqual(list);
  });

  it("knows what it does to shapes", () => {
    const { shapeRule } = new Sequential(new Flatten(), new Linear(4, 3), new ReLU());
    expect(shapeRule).toEqual({
      kind: "chain",
      rules: [{ kind: "flatten" }, { kind: "linear", in: 4, out: 3 }, { kind: "same" }],
    });
  });
});

describe("Sequential refuses", () => {
  it("a Linear that is fed another width, though activations lie between", () => {
    const width: number = 4;
    const misfit = (): unknown => new Sequential(new Linear(2, width), new ReLU(), new Linear(width + 1, 2));
    expect(errorOf(misfit).message).toBe(
      "[Sequential] module 2 (Linear 5 -> 2) is fed a last axis of 4 by module 0 (Linear 2 -> 4). Make its input width that of the layer before.",
    );
  });

  it("nothing where a module between may change the width", () => {
    expect(new Sequential(new Linear(2, 3), new Mystery(), new Linear(5, 1)).modules.length).toBe(3);
  });

  it("an input that does not fit, by the message of the module", () => {
    const model = new Sequential(new Linear(2, 3), new ReLU());
    expect(() => model.forward(zeros([1, 3]) as Tensor)).toThrow(
      "[Linear] expected last axis 2: input is [1, 3]",
    );
  });
});

class Mystery extends Module {
  override forward(input: Value): Variable {
    return new Variable(zeros([input.shape[0] ?? 1, 5]) as Tensor);
  }
}
