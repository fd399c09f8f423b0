import { logSoftmax, variable } from "@adjoint/autograd";
import { gradcheck, gradgradcheck } from "@adjoint/autograd/testing";
import { Generator, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { crossEntropy } from "./cross-entropy-loss.ts";
import { NLLLoss, nllLoss } from "./nll-loss.ts";

const target = tensor([1, -100, 0], { dtype: "int32" }) as Tensor;
const input = tensor(
  [
    [-1, -2],
    [-3, -4],
    [-5, -6],
  ],
  { dtype: "float64" },
) as Tensor;

describe("nllLoss", () => {
  it("is minus the input at the labels, reduced over those that count", () => {
    expectClose(nllLoss(input, target), (2 + 5) / 2, 0);
    expectClose(nllLoss(input, target, { reduction: "sum" }), 7, 0);
    expectClose(nllLoss(input, target, { reduction: "none" }), [2, 0, 5], 0);
    const weight = tensor([1, 3]) as Tensor;
    expectClose(nllLoss(input, target, { weight }), (3 * 2 + 5) / 4, 0);
  });

  it("after logSoftmax is crossEntropy", () => {
    const logits = new Generator(2).normal([3, 2]) as Tensor;
    expect(nllLoss(logSoftmax(logits, 1), target).item()).toBe(crossEntropy(logits, target).item());
  });

  it("agrees with finite differences to second order", () => {
    gradcheck((x) => nllLoss(x, target), [input]);
    gradgradcheck((x) => nllLoss(x, target, { weight: tensor([1, 3]) as Tensor }), [input]);
  });

  it("gives an ignored row no gradient, even where it is infinite", () => {
    const x = variable([
      [-1, -2],
      [Number.NEGATIVE_INFINITY, Number.NaN],
      [-5, -6],
    ]);
    const loss = nllLoss(x, target);
    loss.backward();
    expect(loss.item()).toBe(3.5);
    expect(x.grad?.toArray()).toEqual([
      [0, -0.5],
      [0, 0],
      [-0.5, 0],
    ]);
  });

  it("keeps its settings as NLLLoss", () => {
    expectClose(
      new NLLLoss({ reduction: "sum", ignoreIndex: 0 }).forward(input, tensor([1, 0, 0], { dtype: "uint8" })),
      2,
      0,
    );
  });
});

describe("nllLoss refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "a label outside the classes": [
      () => nllLoss(input, tensor([0, 0, 2], { dtype: "uint8" })),
      "[nllLoss] target holds label 2 at position 2, and there are 2 classes: input is [3, 2], target is [3]. Labels count from 0 to 1.",
    ],
    probabilities: [
      () => nllLoss(input, input),
      "[nllLoss] target is float64 [3, 2], input is [3, 2]. Give labels as int32 or uint8 of shape [3].",
    ],
    "a weight of another length": [
      () => nllLoss(input, target, { weight: zeros([3]) as Tensor }),
      "[nllLoss] weight is [3], and there are 2 classes: input is [3, 2]. Give a weight of shape [2].",
    ],
    "an unknown option": [
      () => new NLLLoss({ labelSmoothing: 0.1 } as never),
      '[NLLLoss] unknown option "labelSmoothing". Known options: weight, ignoreIndex, reduction.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
