import { gradcheck, gradgradcheck } from "@adjoint/autograd/testing";
import { Generator, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { GroupNorm } from "./group-norm.ts";
import { LayerNorm } from "./layer-norm.ts";
import { RMSNorm } from "./rms-norm.ts";

const float64 = { dtype: "float64" } as const;
const exact = { epsilon: 0, ...float64 };

describe("LayerNorm", () => {
  it("normalises each example over the last axes", () => {
    const x = tensor(
      [
        [1, 3],
        [10, 30],
      ],
      float64,
    );
    expectClose(
      new LayerNorm(2, exact).forward(x),
      [
        [-1, 1],
        [-1, 1],
      ],
      1e-14,
    );
    expectClose(
      new LayerNorm([2, 2], exact).forward(
        tensor(
          [
            [1, 1],
            [3, 3],
          ],
          float64,
        ),
      ),
      [
        [-1, -1],
        [1, 1],
      ],
      1e-14,
    );
  });

  it("scales and shifts each element, or not", () => {
    const layer = new LayerNorm(2, exact);
    layer.weight?.value.assign(tensor([2, 3]));
    layer.bias?.value.assign(tensor([10, 20]));
    expectClose(layer.forward(tensor([[1, 3]], float64)), [[8, 23]], 1e-14);
    expect(new LayerNorm(2, { bias: false }).namedParameters().map(([name]) => name)).toEqual(["weight"]);
    expect(new LayerNorm(2, { elementwiseAffine: false }).parameters()).toEqual([]);
  });
});

describe("GroupNorm", () => {
  it("normalises each example over groups of channels and all positions", () => {
    const x = tensor(
      [
        [
          [1, 1],
          [3, 3],
          [10, 30],
          [30, 10],
        ],
      ],
      float64,
    );
    const y = new GroupNorm(2, 4, exact).forward(x);
    expectClose(
      y,
      [
        [
          [-1, -1],
          [1, 1],
          [-1, 1],
          [1, -1],
        ],
      ],
      1e-14,
    );
  });

  it("scales and shifts each channel", () => {
    const layer = new GroupNorm(1, 2, exact);
    layer.weight?.value.assign(tensor([2, 3]));
    layer.bias?.value.assign(tensor([10, 20]));
    expectClose(layer.forward(tensor([[1, 3]], float64)), [[8, 23]], 1e-14);
    expect(new GroupNorm(2, 4, { affine: false }).parameters()).toEqual([]);
  });
});

describe("RMSNorm", () => {
  it("divides by the root of the mean square", () => {
    expectClose(
      new RMSNorm(2, exact).forward(
        tensor(
          [
            [1, 7],
            [-10, 0],
          ],
          float64,
        ),
      ),
      [
        [0.2, 1.4],
        [-Math.SQRT2, 0],
      ],
      1e-14,
    );
    const layer = new RMSNorm([2], exact);
    layer.weight?.value.assign(tensor([5, 10]));
    expectClose(layer.forward(tensor([1, 7], float64)), [1, 14], 1e-14);
  });

  it("has the spacing of the input's numbers for its epsilon", () => {
    for (const [dtype, spacing] of [
      ["float32", 2 ** -23],
      ["float64", 2 ** -52],
    ] as const) {
      const tiny = Math.sqrt(spacing);
      const layer = new RMSNorm(1, { dtype });
      expectClose(layer.forward(tensor([tiny], { dtype })), [Math.SQRT1_2], 1e-7);
    }
  });
});

const layers = {
  LayerNorm: new LayerNorm(4, float64),
  GroupNorm: new GroupNorm(2, 4, float64),
  RMSNorm: new RMSNorm(4, float64),
};
describe.each(Object.entries(layers))("%s", (_, layer) => {
  it("has right derivatives, first and second", () => {
    const x = new Generator(1).normal([2, 4, 4], float64) as Tensor;
    gradcheck((input) => layer.forward(input), [x]);
    gradgradcheck((input) => layer.forward(input), [x]);
  });

  it("keeps the shape, takes a batch of nothing, and is the same in evaluation", () => {
    const x = new Generator(1).normal([2, 4, 4], float64) as Tensor;
    const trained = layer.train().forward(x).toArray();
    expect(layer.eval().forward(x).toArray()).toEqual(trained);
    expect(layer.forward(zeros([0, 4, 4], float64)).shape).toEqual([0, 4, 4]);
    expect(layer.shapeRule).toEqual({ kind: "same" });
  });
});

describe("a norm refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "another last axis": [
      () => new LayerNorm([3, 4]).forward(zeros([4, 3])),
      "[LayerNorm] expected last axes [3, 4]: input is [4, 3]. Make the layer for the last axes of its input.",
    ],
    "too few axes": [
      () => new RMSNorm(4).forward(tensor(1)),
      "[RMSNorm] expected last axes [4]: input is []. Make the layer for the last axes of its input.",
    ],
    "an empty shape": [
      () => new LayerNorm([]),
      "[LayerNorm] normalizedShape is []. Give the size of the last axis, or those of the last axes, each at least 1.",
    ],
    "a size of 0": [
      () => new RMSNorm(0),
      "[RMSNorm] normalizedShape is 0. Give the size of the last axis, or those of the last axes, each at least 1.",
    ],
    "groups that do not divide the channels": [
      () => new GroupNorm(2, 3),
      "[GroupNorm] numGroups is 2, numChannels is 3. numGroups must divide numChannels.",
    ],
    "another number of channels": [
      () => new GroupNorm(2, 4).forward(zeros([5, 3])),
      "[GroupNorm] expected [n, c, …] with c = 4: input is [5, 3] (axis 1 = 3). Channels come after the batch; make the layer for as many as its input has.",
    ],
    "a negative epsilon": [
      () => new LayerNorm(4, { epsilon: -1 }),
      "[LayerNorm] epsilon is -1. Give a finite number of at least 0.",
    ],
    "an unknown option": [
      () => new GroupNorm(1, 1, { eps: 1 } as never),
      '[GroupNorm] unknown option "eps". Known options: epsilon, affine, dtype.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
