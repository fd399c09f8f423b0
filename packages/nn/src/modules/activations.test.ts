import { grad, sum, type Value, Variable } from "@adjoint/autograd";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import type { Module } from "../module.ts";
import { ELU } from "./elu.ts";
import { GELU } from "./gelu.ts";
import { Identity } from "./identity.ts";
import { LeakyReLU } from "./leaky-relu.ts";
import { LogSoftmax } from "./log-softmax.ts";
import { ReLU } from "./relu.ts";
import { Sigmoid } from "./sigmoid.ts";
import { SiLU } from "./silu.ts";
import { Softmax } from "./softmax.ts";
import { Softplus } from "./softplus.ts";
import { Tanh } from "./tanh.ts";

const half = Math.log(0.5);
/** Module, input, output, gradient of the sum of outputs. */
const cases: Record<string, [Module, number[], number[], number[]]> = {
  ReLU: [new ReLU(), [-1, 0, 2], [0, 0, 2], [0, 0, 1]],
  LeakyReLU: [new LeakyReLU(), [-1, 0, 2], [-0.01, 0, 2], [0.01, 0.01, 1]],
  "LeakyReLU with a slope": [new LeakyReLU({ negativeSlope: 0.5 }), [-1, 0, 2], [-0.5, 0, 2], [0.5, 0.5, 1]],
  Sigmoid: [new Sigmoid(), [-1e4, 0, 1e4], [0, 0.5, 1], [0, 0.25, 0]],
  Tanh: [new Tanh(), [-1e4, 0, 1e4], [-1, 0, 1], [0, 1, 0]],
  GELU: [new GELU(), [-1e4, 0, 1e4], [0, 0, 1e4], [0, 0.5, 1]],
  "GELU by tanh": [new GELU({ approximate: "tanh" }), [-100, 0, 100], [0, 0, 100], [0, 0.5, 1]],
  SiLU: [new SiLU(), [-1e4, 0, 1e4], [0, 0, 1e4], [0, 0.5, 1]],
  ELU: [new ELU(), [-1e4, 0, 2], [-1, 0, 2], [0, 1, 1]],
  "ELU with an alpha": [new ELU({ alpha: 0.5 }), [-1e4, 0, 2], [-0.5, 0, 2], [0, 0.5, 1]],
  Softplus: [new Softplus(), [-1e4, 0, 1e4], [0, Math.LN2, 1e4], [0, 0.5, 1]],
  "Softplus with a beta": [new Softplus({ beta: 2 }), [-1e4, 0, 1e4], [0, Math.LN2 / 2, 1e4], [0, 0.5, 1]],
  Softmax: [new Softmax(0), [1e4, 1e4], [0.5, 0.5], [0, 0]],
  LogSoftmax: [new LogSoftmax(-1), [1e4, 1e4], [half, half], [0, 0]],
  Identity: [new Identity(), [-1, 0], [-1, 0], [1, 1]],
};

describe.each(Object.entries(cases))("%s", (_, [module, input, output, gradient]) => {
  it("gives the values and gradients of its formula", () => {
    const x = new Variable(tensor(Float64Array.from(input)) as Tensor, { requiresGrad: true });
    const y = module.forward(x);
    expectClose(y, output, 1e-15);
    const [found] = grad([sum(y) as Variable], [x]);
    expectClose(found as Variable, gradient, 1e-15);
  });

  it("gives a Variable for a Tensor, keeps any shape, and has no parameters", () => {
    const y = module.forward(zeros([3, 0, 2]) as Tensor as Value);
    expect(y).toBeInstanceOf(Variable);
    expect(y.shape).toEqual([3, 0, 2]);
    expect(y.requiresGrad).toBe(false);
    expect(module.shapeRule).toEqual({ kind: "same" });
    expect(module.parameters()).toEqual([]);
  });
});

describe("Softmax and LogSoftmax", () => {
  it("work along the axis given", () => {
    const x = tensor([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expectClose(
      new Softmax(0).forward(x),
      [
        [1 / 3, 1 / 3],
        [1 / 3, 1 / 3],
        [1 / 3, 1 / 3],
      ],
      1e-7,
    );
    expectClose(
      new Softmax(1).forward(x),
      [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      1e-7,
    );
    expect(() => new LogSoftmax(2).forward(x)).toThrow("[logSoftmax] axis 2 is outside a tensor of rank 2");
  });
});

describe("an activation refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "a slope that is no number": [
      () => new LeakyReLU({ negativeSlope: Number.NaN }),
      "[LeakyReLU] negativeSlope is NaN. Give a finite number; 0.01 is usual.",
    ],
    "another approximation": [
      () => new GELU({ approximate: "erf" as "tanh" }),
      '[GELU] approximate is "erf". Give "none" or "tanh".',
    ],
    "an infinite alpha": [
      () => new ELU({ alpha: Number.POSITIVE_INFINITY }),
      "[ELU] alpha is Infinity. Give a finite number; 1 is usual.",
    ],
    "a beta of 0": [() => new Softplus({ beta: 0 }), "[Softplus] beta is 0. Give a finite number above 0."],
    "an unknown option": [
      () => new Softplus({ threshold: 20 } as never),
      '[Softplus] unknown option "threshold". Known options: beta.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
