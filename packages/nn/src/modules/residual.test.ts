import { variable } from "@adjoint/autograd";
import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Linear } from "./linear.ts";
import { ReLU } from "./relu.ts";
import { Residual } from "./residual.ts";
import { Sequential } from "./sequential.ts";

describe("Residual", () => {
  it("adds its body's output to its input, and both gradients", () => {
    const layer = new Residual(new ReLU());
    expectClose(layer.forward(tensor([-1, 2])), [-1, 4], 0);
    const x = variable([-1, 2]);
    layer.forward(x).backward({ gradient: tensor([1, 1]) });
    expect(x.grad?.toArray()).toEqual([1, 2]);
  });

  it("holds its body: names, modes and the rule of shapes", () => {
    const body = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 4));
    const layer = new Residual(body);
    expect([...layer.stateDict().keys()]).toEqual([
      "body.0.weight",
      "body.0.bias",
      "body.2.weight",
      "body.2.bias",
    ]);
    expect(layer.eval().body.training).toBe(false);
    expect(layer.shapeRule).toEqual(body.shapeRule);
    expect(new Sequential(new Linear(3, 4), layer).forward(zeros([2, 3])).shape).toEqual([2, 4]);
  });

  it("refuses a body that changes the shape", () => {
    expect(errorOf(() => new Residual(new Linear(3, 1)).forward(zeros([2, 3]))).message).toBe(
      "[Residual] the input is [2, 3], and its body makes [2, 1] of it. Give a body that keeps the shape; a convolution does with padding.",
    );
  });
});
