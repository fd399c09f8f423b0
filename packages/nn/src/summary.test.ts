import type { Tensor } from "@adjoint/tensor";
import { ones } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { Dropout } from "./modules/dropout.ts";
import { Flatten } from "./modules/flatten.ts";
import { Linear } from "./modules/linear.ts";
import { ReLU } from "./modules/relu.ts";
import { Sequential } from "./modules/sequential.ts";

describe("summary", () => {
  it("lists modules with output shapes, parameters and bytes, and adds up", () => {
    const model = new Sequential(
      new Flatten(),
      new Linear(784, 128),
      new ReLU(),
      new Sequential(new Dropout(), new Linear(128, 10)),
    );
    expect(model.summary({ inputShape: [64, 28, 28] })).toMatchInlineSnapshot(`
      "module   type        output     parameters    bytes
      ---------------------------------------------------
      (whole)  Sequential  [64, 10]            0        0
      0        Flatten     [64, 784]           0        0
      1        Linear      [64, 128]     100,480  401,920
      2        ReLU        [64, 128]           0        0
      3        Sequential  [64, 10]            0        0
      3.0      Dropout     [64, 128]           0        0
      3.1      Linear      [64, 10]        1,290    5,160
      ---------------------------------------------------
      total                              101,770  407,080
      trained                            101,770  407,080"
    `);
    expect(model.summary()).toMatchInlineSnapshot(`
      "module   type        parameters    bytes
      ----------------------------------------
      (whole)  Sequential           0        0
      0        Flatten              0        0
      1        Linear         100,480  401,920
      2        ReLU                 0        0
      3        Sequential           0        0
      3.0      Dropout              0        0
      3.1      Linear           1,290    5,160
      ----------------------------------------
      total                   101,770  407,080
      trained                 101,770  407,080"
    `);
  });

  it("counts what is shared or frozen once, and buffers apart", () => {
    const shared = new Linear(2, 2);
    const model = new Sequential(shared, new WithBuffer(), shared);
    shared.weight.requiresGrad = false;
    expect(model.summary()).toMatchInlineSnapshot(`
      "module   type           parameters  bytes
      -----------------------------------------
      (whole)  Sequential              0      0
      0        Linear                  6     24
      1        WithBuffer              0      0
      2        Linear (as 0)           0      0
      -----------------------------------------
      total                            6     24
      trained                          2      8
      buffers                          4     16"
    `);
  });

  it("leaves the modules as they were: modes, forward methods, generators, gradients", () => {
    const dropout = new Dropout(0.5);
    const model = new Sequential(new Linear(2, 2), dropout, new Dropout(0.5).eval());
    const modes = model.namedModules().map(([, module]) => module.training);
    const state = dropout.generator.state.toArray();
    model.summary({ inputShape: [1, 2] });
    expect(model.namedModules().map(([, module]) => module.training)).toEqual(modes);
    expect(modes).toEqual([true, true, true, false]);
    expect(model.namedModules().some(([, module]) => Object.hasOwn(module, "forward"))).toBe(false);
    expect(dropout.generator.state.toArray()).toEqual(state);
  });

  it("does so after an error too, which is that of the module that does not fit", () => {
    const model = new Sequential(new Linear(2, 2));
    expect(() => model.summary({ inputShape: [1, 3] })).toThrow("[Linear] expected last axis 2");
    expect(model.training).toBe(true);
    expect(Object.hasOwn(model, "forward")).toBe(false);
  });

  it("refuses unknown options", () => {
    expect(() => new ReLU().summary({ shape: [1] } as never)).toThrow('[summary] unknown option "shape"');
  });
});

class WithBuffer extends ReLU {
  readonly mean: Tensor = ones([4]) as Tensor;
}
