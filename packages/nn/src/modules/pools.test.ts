import { Variable } from "@adjoint/autograd";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { AvgPool1d } from "./avg-pool1d.ts";
import { AvgPool2d } from "./avg-pool2d.ts";
import { MaxPool1d } from "./max-pool1d.ts";
import { MaxPool2d } from "./max-pool2d.ts";

describe("a pool", () => {
  const line = tensor([[[1, 5, 2, 6]]]);
  const image = tensor([
    [
      [
        [1, 5, 2, 0],
        [3, 3, 2, 8],
      ],
    ],
  ]);

  it("takes the maximum or the mean of each window", () => {
    expectClose(new MaxPool1d(2).forward(line), [[[5, 6]]], 0);
    expectClose(new AvgPool1d(2).forward(line), [[[3, 4]]], 0);
    expectClose(new MaxPool2d(2).forward(image), [[[[5, 8]]]], 0);
    expectClose(new AvgPool2d(2).forward(image), [[[[3, 3]]]], 0);
  });

  it("takes its settings", () => {
    expectClose(new MaxPool1d(2, { stride: 1, padding: 1 }).forward(line), [[[1, 5, 5, 6, 6]]], 0);
    const means = new AvgPool1d(2, { stride: 3, padding: 1, countIncludePad: false }).forward(line);
    expectClose(means, [[[1, 4]]], 0);
    expectClose(new MaxPool2d([2, 1], { dilation: [1, 2] }).forward(image), [[[[3, 5, 2, 8]]]], 0);
    expectClose(new AvgPool2d([1, 4]).forward(image), [[[[2], [4]]]], 0);
  });

  it("gives a Variable for a Tensor, and has no parameters", () => {
    for (const pool of [new MaxPool2d(2), new AvgPool2d(2)]) {
      const y = pool.forward(zeros([0, 3, 4, 4]));
      expect(y).toBeInstanceOf(Variable);
      expect(y.shape).toEqual([0, 3, 2, 2]);
      expect(pool.parameters()).toEqual([]);
    }
  });

  const refused: Record<string, [() => unknown, string]> = {
    "a size of 0": [
      () => new MaxPool2d(0),
      "[MaxPool2d] size is 0. Give a whole number of at least 1, or 2 of them, one for each axis.",
    ],
    "a setting of the other kind": [
      () => new MaxPool1d(2, { countIncludePad: true } as never),
      '[MaxPool1d] unknown option "countIncludePad". Known options: stride, padding, dilation.',
    ],
    "an image without its batch": [
      () => new AvgPool2d(2).forward(zeros([1, 4, 4]) as Tensor),
      "[avgPool2d] x is [1, 4, 4]. Give [batch, channels, height, width]; unsqueeze(x, 0) makes a batch of one.",
    ],
  };
  it.each(Object.entries(refused))("refuses %s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
