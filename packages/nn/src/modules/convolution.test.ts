import { variable } from "@adjoint/autograd";
import { gradcheck } from "@adjoint/autograd/testing";
import { Generator, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Conv1d } from "./conv1d.ts";
import { Conv2d } from "./conv2d.ts";

describe("Conv1d", () => {
  it("slides its kernel over the positions and adds the bias of each channel", () => {
    const layer = new Conv1d(1, 2, 2, { dtype: "float64" });
    layer.weight.value.assign(tensor([[[1, 1]], [[1, -1]]]));
    layer.bias?.value.assign(tensor([0, 10]));
    expectClose(
      layer.forward(tensor([[[1, 2, 4]]], { dtype: "float64" })),
      [
        [
          [3, 6],
          [9, 8],
        ],
      ],
      0,
    );
  });

  it("goes without a bias, and takes a batch of nothing", () => {
    const layer = new Conv1d(3, 4, 3, { bias: false, padding: 1 });
    expect([...layer.stateDict().keys()]).toEqual(["weight"]);
    expect(layer.forward(zeros([0, 3, 8])).shape).toEqual([0, 4, 8]);
  });
});

describe("Conv2d", () => {
  it("takes settings for each axis, and names its parts as PyTorch does", () => {
    const layer = new Conv2d(4, 6, [3, 5], { stride: [2, 1], padding: [1, 0], groups: 2 });
    expect(layer.weight.shape).toEqual([6, 2, 3, 5]);
    expect([...layer.stateDict().keys()]).toEqual(["weight", "bias"]);
    expect(layer.forward(zeros([2, 4, 9, 9])).shape).toEqual([2, 6, 5, 5]);
  });

  it("gives gradients to weight, bias and input", () => {
    const layer = new Conv2d(2, 2, 2, { dtype: "float64", generator: new Generator(1) });
    const x = new Generator(2).normal([2, 2, 3, 3], { dtype: "float64" }) as Tensor;
    gradcheck((input) => layer.forward(input), [x]);
    layer
      .forward(
        variable(
          [
            [
              [
                [1, 2],
                [3, 4],
              ],
              [
                [5, 6],
                [7, 8],
              ],
            ],
          ],
          { dtype: "float64" },
        ),
      )
      .backward({
        gradient: tensor([[[[1]], [[2]]]], { dtype: "float64" }) as Tensor,
      });
    expectClose(layer.bias?.grad?.value as Tensor, [1, 2], 0);
    const seen = [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ];
    const twice = [
      [
        [2, 4],
        [6, 8],
      ],
      [
        [10, 12],
        [14, 16],
      ],
    ];
    expectClose(layer.weight.grad?.value as Tensor, [seen, twice], 0);
  });

  it("starts uniform in ±1/√fanIn, weight and bias, as PyTorch's", () => {
    // fanIn = 8 / 2 · 2 · 2 = 16
    const layer = new Conv2d(8, 400, 2, { groups: 2, dtype: "float64", generator: new Generator(1) });
    for (const parameter of [layer.weight, layer.bias]) {
      const values = [...(parameter?.value.toTypedArray() ?? [])];
      const largest = Math.max(...values.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(1 / 4);
      expect(largest).toBeGreaterThan(0.98 / 4);
      // The deviation of 400 uniform numbers strays by 2.2%; 10% is 4.5 times that.
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
      expect(Math.abs(deviation * 4 * Math.sqrt(3) - 1)).toBeLessThan(0.1);
    }
    const again = new Conv2d(8, 400, 2, { groups: 2, dtype: "float64", generator: new Generator(1) });
    expect(again.weight.toArray()).toEqual(layer.weight.toArray());
    expect(new Conv2d(1, 1, 1).weight.dtype).toBe("float32");
  });
});

describe("a convolution refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "another number of channels": [
      () => new Conv2d(3, 8, 3).forward(zeros([4, 1, 28, 28]) as Tensor),
      "[Conv2d] expected 3 channels: input is [4, 1, 28, 28] (axis 1 = 1). Channels come after the batch; make the layer for as many as its input has.",
    ],
    "an image without its batch": [
      () => new Conv2d(3, 8, 3).forward(zeros([3, 28, 28]) as Tensor),
      "[Conv2d] expected [batch, channels, height, width]: input is [3, 28, 28]. unsqueeze(x, 0) makes a batch of one.",
    ],
    "a line of images": [
      () => new Conv1d(3, 8, 3).forward(zeros([1, 3, 28, 28]) as Tensor),
      "[Conv1d] expected [batch, channels, length]: input is [1, 3, 28, 28]. unsqueeze(x, 0) makes a batch of one.",
    ],
    "groups that do not divide the channels": [
      () => new Conv2d(3, 8, 3, { groups: 2 }),
      "[Conv2d] groups is 2, inChannels is 3, outChannels is 8. groups must divide both.",
    ],
    "no output channels": [
      () => new Conv1d(3, 0, 3),
      "[Conv1d] outChannels is 0. Give a whole number of at least 1.",
    ],
    "a kernel of three axes": [
      () => new Conv2d(3, 8, [1, 2, 3]),
      "[Conv2d] kernelSize is [1, 2, 3]. Give a whole number of at least 1, or 2 of them, one for each axis.",
    ],
    "an unknown option": [
      () => new Conv2d(1, 1, 1, { paddingMode: "circular" } as never),
      '[Conv2d] unknown option "paddingMode". Known options: stride, padding, dilation, groups, bias, dtype, generator.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
