import { variable } from "@adjoint/autograd";
import { gradcheck, gradgradcheck } from "@adjoint/autograd/testing";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { MSELoss, mseLoss } from "./mse-loss.ts";

describe("mseLoss", () => {
  const [input, target] = [tensor([1, 2]), tensor([1, 4])];

  it("is the square of the difference, reduced", () => {
    expectClose(mseLoss(input, target), 2, 0);
    expectClose(mseLoss(input, target, { reduction: "sum" }), 4, 0);
    expectClose(mseLoss(input, target, { reduction: "none" }), [0, 4], 0);
    expectClose(new MSELoss({ reduction: "sum" }).forward(input, target), 4, 0);
  });

  it("gives 2 (input − target) / n to the input, and its opposite to the target", () => {
    const [x, t] = [variable([1, 2]), variable([1, 4])];
    mseLoss(x, t).backward();
    expect(x.grad?.toArray()).toEqual([0, -2]);
    expectClose(t.grad?.value as Tensor, [0, 2], 0);
    gradcheck((a, b) => mseLoss(a, b), [input.cast("float64"), target.cast("float64")]);
    gradgradcheck((a, b) => mseLoss(a, b), [input.cast("float64"), target.cast("float64")]);
  });

  it("of nothing is NaN in the mean, 0 in the sum", () => {
    const nothing = zeros([0, 2]) as Tensor;
    expect(mseLoss(nothing, nothing).item()).toBeNaN();
    expect(mseLoss(nothing, nothing, { reduction: "sum" }).item()).toBe(0);
  });

  it("refuses to broadcast, and unknown options", () => {
    expect(errorOf(() => mseLoss(zeros([2, 1]), zeros([2]))).message).toBe(
      "[mseLoss] input is [2, 1], target is [2]. Give both one shape: reshape or squeeze one of them.",
    );
    expect(errorOf(() => new MSELoss({ reduce: true } as never)).message).toBe(
      '[MSELoss] unknown option "reduce". Known options: reduction.',
    );
    expect(errorOf(() => new MSELoss({ reduction: "" as "mean" })).message).toBe(
      '[MSELoss] reduction is "". Give none, mean or sum.',
    );
  });
});
