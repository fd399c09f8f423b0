import { grad, softmax, Variable, variable } from "@adjoint/autograd";
import { gradcheck, gradgradcheck } from "@adjoint/autograd/testing";
import { Generator, IndexError, ones, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { CrossEntropyLoss, crossEntropy } from "./cross-entropy-loss.ts";

const float64 = (data: number[][]): Tensor => tensor(data, { dtype: "float64" }) as Tensor;
const labels = (data: number[], dtype: "int32" | "uint8" = "int32"): Tensor =>
  tensor(data, { dtype }) as Tensor;
const random = new Generator(1);
const logits = random.normal([4, 3], { dtype: "float64" }) as Tensor;

function gradientOf(loss: (x: Variable) => Variable, at: Tensor): Tensor {
  const x = new Variable(at, { requiresGrad: true });
  return (grad([loss(x)], [x])[0] as Variable).value;
}

describe("crossEntropy of labels", () => {
  it("is the mean of −log softmax at the labels", () => {
    expectClose(
      crossEntropy(
        float64([
          [0, 0],
          [0, 0],
        ]),
        labels([0, 1]),
      ),
      Math.LN2,
      1e-15,
    );
    // −log(e / (e + 1)) and −log(1 / (e + 1))
    const both = [Math.log1p(Math.exp(-1)), Math.log1p(Math.E)];
    expectClose(
      crossEntropy(
        float64([
          [1, 0],
          [1, 0],
        ]),
        labels([0, 1]),
        { reduction: "none" },
      ),
      both,
      1e-15,
    );
  });

  it("has the gradient (softmax − target) / n", () => {
    const target = labels([2, 0, 1, 1]);
    const oneHot = float64([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
    const expected = (softmax(logits, 1) as Tensor).sub(oneHot).div(4);
    expectClose(
      gradientOf((x) => crossEntropy(x, target), logits),
      expected as Tensor,
      1e-15,
    );
  });

  it("takes uint8 labels as it takes int32 labels, to the last bit", () => {
    const [a, b] = (["int32", "uint8"] as const).map((dtype) =>
      crossEntropy(logits, labels([2, 0, 1, 1], dtype)),
    );
    expect(a?.item()).toBe(b?.item());
  });

  it("takes classes on axis 1 of [n, classes, d1], and a single row", () => {
    const field = random.normal([2, 3, 2], { dtype: "float64" }) as Tensor;
    const target = tensor(
      [
        [0, 1],
        [2, 0],
      ],
      { dtype: "int32" },
    ) as Tensor;
    const rows = field.permute([0, 2, 1]).reshape([4, 3]) as Tensor;
    expectClose(crossEntropy(field, target), crossEntropy(rows, labels([0, 1, 2, 0])).value, 1e-14);
    const single = crossEntropy(logits.slice(0) as Tensor, tensor(2, { dtype: "int32" }) as Tensor);
    expectClose(single, crossEntropy(logits.slice({ stop: 1 }) as Tensor, labels([2])).value, 1e-15);
  });

  it("does not count ignoreIndex, −100 or another, in loss, mean or gradient", () => {
    const counted = crossEntropy(logits.slice({ stop: 2 }) as Tensor, labels([2, 0]));
    expectClose(crossEntropy(logits, labels([2, 0, -100, -100])), counted.value, 1e-15);
    expectClose(
      crossEntropy(logits, labels([2, 0, 7, 7], "uint8"), { ignoreIndex: 7 }),
      counted.value,
      1e-15,
    );
    const gradient = gradientOf((x) => crossEntropy(x, labels([2, 0, -100, -100])), logits);
    expect(gradient.slice({ start: 2 }).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("of ignored labels only is NaN in the mean, 0 in the sum; so is that of nothing", () => {
    const ignored = labels([-100, -100, -100, -100]);
    expect(crossEntropy(logits, ignored).item()).toBeNaN();
    expect(crossEntropy(logits, ignored, { reduction: "sum" }).item()).toBe(0);
    expect(crossEntropy(logits, ignored, { reduction: "none" }).toArray()).toEqual([0, 0, 0, 0]);
    const nothing = zeros([0, 3]) as Tensor;
    for (const dtype of ["int32", "uint8"] as const) {
      expect(crossEntropy(nothing, zeros([0], { dtype }) as Tensor).item()).toBeNaN();
      expect(crossEntropy(nothing, zeros([0], { dtype }) as Tensor, { reduction: "sum" }).item()).toBe(0);
    }
  });

  it("divides the mean by the weight of what counts", () => {
    const weight = tensor([1, 2, 5], { dtype: "float64" }) as Tensor;
    const each = crossEntropy(logits, labels([0, 1, 2, -100]), { reduction: "none" }).toArray() as number[];
    const [a = 0, b = 0, c = 0] = each;
    const mean = crossEntropy(logits, labels([0, 1, 2, -100]), { weight });
    expectClose(mean, (a + 2 * b + 5 * c) / 8, 1e-14);
  });

  it.each([
    ["plainly", {}],
    ["weighted and smoothed", { weight: tensor([1, 2, 5]) as Tensor, labelSmoothing: 0.1 }],
    ["in a sum", { reduction: "sum" }],
    ["one by one", { reduction: "none" }],
  ] as const)("agrees with finite differences to second order, %s", (_, options) => {
    const loss = (x: Tensor | Variable): Variable => crossEntropy(x, labels([2, 0, -100, 1]), options);
    gradcheck(loss, [logits]);
    gradgradcheck(loss, [logits]);
  });
});

describe("crossEntropy of probabilities", () => {
  it("of one-hot rows is that of the labels", () => {
    const oneHot = float64([
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expectClose(crossEntropy(logits, oneHot), crossEntropy(logits, labels([2, 0, 1, 1])).value, 1e-15);
  });

  it("gives gradients to logits and probabilities", () => {
    const p = softmax(random.normal([4, 3], { dtype: "float64" }) as Tensor, 1) as Tensor;
    const loss = (x: Tensor | Variable, q: Tensor | Variable): Variable =>
      crossEntropy(x, q, { labelSmoothing: 0.1, weight: tensor([1, 2, 5]) as Tensor });
    gradcheck(loss, [logits, p]);
    gradgradcheck(loss, [logits, p]);
  });

  it("is finite where a class is impossible in both", () => {
    const x = float64([[0, Number.NEGATIVE_INFINITY, 0]]);
    const p = float64([[1, 0, 0]]);
    expectClose(crossEntropy(x, p), Math.LN2, 1e-15);
    expectClose(
      gradientOf((y) => crossEntropy(y, p), x),
      [[-0.5, 0, 0.5]],
      1e-15,
    );
    expect(crossEntropy(x, float64([[0.5, 0.5, 0]])).item()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("crossEntropy at the ends", () => {
  const large = 1e4;
  const rows: Record<string, [number[], number, number, number[]]> = {
    "sure and right": [[large, -large, 0], 0, 0, [0, 0, 0]],
    "sure and wrong": [[large, -large, 0], 1, 2 * large, [1, -1, 0]],
    "all equal": [[large, large, large], 2, Math.log(3), [1 / 3, 1 / 3, -2 / 3]],
    "all equal, far below": [[-large, -large, -large], 2, Math.log(3), [1 / 3, 1 / 3, -2 / 3]],
    "an impossible class": [[Number.NEGATIVE_INFINITY, 0, 0], 1, Math.LN2, [0, -0.5, 0.5]],
    "one possible class": [[Number.NEGATIVE_INFINITY, 0, Number.NEGATIVE_INFINITY], 1, 0, [0, 0, 0]],
  };
  it.each(Object.entries(rows))("%s", (_, [row, label, loss, gradient]) => {
    for (const dtype of ["float32", "float64"] as const) {
      const x = tensor([row], { dtype }) as Tensor;
      const tolerance = dtype === "float32" ? 1e-6 : 1e-15;
      expectClose(crossEntropy(x, labels([label])), loss, tolerance);
      expectClose(
        gradientOf((y) => crossEntropy(y, labels([label])), x),
        [gradient],
        tolerance,
      );
    }
  });
});

describe("CrossEntropyLoss", () => {
  it("keeps its settings", () => {
    const criterion = new CrossEntropyLoss({ reduction: "sum", labelSmoothing: 0.1 });
    const expected = crossEntropy(logits, labels([2, 0, 1, 1]), { reduction: "sum", labelSmoothing: 0.1 });
    expect(criterion.forward(logits, labels([2, 0, 1, 1])).item()).toBe(expected.item());
  });

  it("keeps the logits' dtype, and takes a weight of another", () => {
    const weight = ones([3], { dtype: "float64" }) as Tensor;
    const loss = new CrossEntropyLoss({ weight }).forward(variable([[1, 2, 3]]), labels([0]));
    expect([loss.dtype, loss.shape]).toEqual(["float32", []]);
  });
});

describe("crossEntropy refuses", () => {
  const three = zeros([2, 3]) as Tensor;
  const refused: Record<string, [() => unknown, string]> = {
    "a label outside the classes": [
      () => crossEntropy(three, labels([0, 3])),
      "[crossEntropy] target holds label 3 at position 1, and there are 3 classes: input is [2, 3], target is [2]. Labels count from 0 to 2; ignoreIndex is the label of what does not count.",
    ],
    "a negative label that is not ignored": [
      () => crossEntropy(three, labels([-100, -1])),
      "[crossEntropy] target holds label -1 at position 1, and there are 3 classes: input is [2, 3], target is [2]. Labels count from 0 to 2; ignoreIndex is the label of what does not count.",
    ],
    "a label outside the classes, of uint8 in a field": [
      () =>
        crossEntropy(
          zeros([1, 3, 2, 2]) as Tensor,
          tensor(
            [
              [
                [0, 1],
                [9, 2],
              ],
            ],
            { dtype: "uint8" },
          ) as Tensor,
        ),
      "[crossEntropy] target holds label 9 at position [0, 1, 0], and there are 3 classes: input is [1, 3, 2, 2], target is [1, 2, 2]. Labels count from 0 to 2.",
    ],
    "a label too few": [
      () => crossEntropy(three, labels([0])),
      "[crossEntropy] target is int32 [1], input is [2, 3]. Give labels as int32 or uint8 of shape [2].",
    ],
    "labels as bool": [
      () => crossEntropy(three, zeros([2], { dtype: "bool" }) as Tensor),
      "[crossEntropy] target is bool [2], input is [2, 3]. Give labels as int32 or uint8 of shape [2].",
    ],
    "labels as floats": [
      () => crossEntropy(three, zeros([2]) as Tensor),
      "[crossEntropy] target is float32 [2], input is [2, 3]. Give probabilities of the input's shape, or labels as int32 or uint8 of shape [2].",
    ],
    "whole logits": [
      () => crossEntropy(zeros([2, 3], { dtype: "int32" }) as Tensor, labels([0, 0])),
      '[crossEntropy] input is int32, not floating-point. Use cast("float32").',
    ],
    "logits without axes": [
      () => crossEntropy(zeros([]) as Tensor, labels([0])),
      "[crossEntropy] input is [] and has no axis of classes. Give [classes], [n, classes] or [n, classes, …].",
    ],
    "a weight too few": [
      () => crossEntropy(three, labels([0, 0]), { weight: zeros([2]) as Tensor }),
      "[crossEntropy] weight is [2], and there are 3 classes: input is [2, 3]. Give a weight of shape [3].",
    ],
    "ignoreIndex beside probabilities": [
      () => crossEntropy(three, three, { ignoreIndex: 1 }),
      "[crossEntropy] ignoreIndex is 1, and the target holds probabilities. Only labels can be ignored; give rows of zeros instead.",
    ],
    "half an ignoreIndex": [
      () => new CrossEntropyLoss({ ignoreIndex: 0.5 }),
      "[CrossEntropyLoss] ignoreIndex is 0.5. Give the whole number that marks what does not count.",
    ],
    "too much smoothing": [
      () => new CrossEntropyLoss({ labelSmoothing: 1.5 }),
      "[CrossEntropyLoss] labelSmoothing is 1.5. Give a number from 0 to 1; 0.1 is usual.",
    ],
    "an unknown reduction": [
      () => new CrossEntropyLoss({ reduction: "average" as "mean" }),
      '[CrossEntropyLoss] reduction is "average". Give none, mean or sum.',
    ],
    "an unknown option": [
      () => crossEntropy(three, labels([0, 0]), { weights: three } as never),
      '[crossEntropy] unknown option "weights". Known options: weight, ignoreIndex, labelSmoothing, reduction.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });

  it("a label by an error that holds label and number of classes", () => {
    const error = errorOf(() => crossEntropy(three, labels([0, 3])));
    expect(error).toBeInstanceOf(IndexError);
    expect(error).toMatchObject({ op: "crossEntropy", index: 3, size: 3 });
  });
});
