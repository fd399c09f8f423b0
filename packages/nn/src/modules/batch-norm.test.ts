import { add, asVariable, checkpoint, grad, mul, noGrad, type Variable, variable } from "@adjoint/autograd";
import { gradcheck, gradgradcheck } from "@adjoint/autograd/testing";
import { Generator, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { decodeSafetensors, encodeSafetensors } from "../safetensors.ts";
import { BatchNorm1d } from "./batch-norm1d.ts";
import { BatchNorm2d } from "./batch-norm2d.ts";

const float64 = { dtype: "float64" } as const;
/** Feature 0 has mean 2 and variance 1 (unbiased 4/3), feature 1 mean 10 and variance 0. */
const batch = tensor(
  [
    [1, 10],
    [3, 10],
    [1, 10],
    [3, 10],
  ],
  float64,
);

describe("batch normalisation in training", () => {
  it("divides by the biased deviation, and keeps the unbiased variance", () => {
    const layer = new BatchNorm1d(2, { epsilon: 0.25, ...float64 });
    const s = 1 / Math.sqrt(1.25);
    expectClose(
      layer.forward(batch),
      [
        [-s, 0],
        [s, 0],
        [-s, 0],
        [s, 0],
      ],
      1e-15,
    );
    expectClose(layer.runningMean as Tensor, [0.2, 1], 1e-15);
    expectClose(layer.runningVar as Tensor, [0.9 + 0.1 * (4 / 3), 0.9], 1e-15);
    expect(layer.numBatchesTracked?.item()).toBe(1);
  });

  it("scales and shifts by weight and bias", () => {
    const layer = new BatchNorm1d(2, { epsilon: 0, ...float64 });
    layer.weight?.value.assign(tensor([2, 1]));
    layer.bias?.value.assign(tensor([5, 7]));
    const y = layer.forward(batch.slice(null, 0).reshape([4, 1]).expand([4, 2]));
    expectClose(
      y,
      [
        [3, 6],
        [7, 8],
        [3, 6],
        [7, 8],
      ],
      1e-14,
    );
  });

  it("takes the mean over all batches with momentum null", () => {
    const layer = new BatchNorm1d(1, { momentum: null, ...float64 });
    for (const shift of [0, 4, 11]) layer.forward(tensor([[shift - 1], [shift + 1]], float64));
    expectClose(layer.runningMean as Tensor, [5], 1e-14);
    expectClose(layer.runningVar as Tensor, [2], 1e-14);
  });

  it("writes the running statistics off the tape, also in noGrad, and not in evaluation", () => {
    const layer = new BatchNorm1d(2, float64);
    noGrad(() => layer.forward(batch));
    const after = layer.runningMean?.toArray();
    expect(after).not.toEqual([0, 0]);
    expect(layer.runningMean?.storage.writer).toBe("BatchNorm1d");
    layer.eval().forward(batch);
    expect(layer.runningMean?.toArray()).toEqual(after);
    expect(layer.numBatchesTracked?.item()).toBe(1);
  });

  it("writes them once in a checkpoint, which runs twice", () => {
    const layer = new BatchNorm1d(2, float64);
    const x = variable(batch.toArray() as number[][], float64);
    const y = checkpoint((input: Variable) => layer.forward(input))(x);
    y.backward({ gradient: batch as Tensor });
    expect(layer.numBatchesTracked?.item()).toBe(1);
    const [expected] = grad([new BatchNorm1d(2, float64).forward(x)], [x], { gradients: [batch as Tensor] });
    expect(x.grad?.toArray()).toEqual(expected?.toArray());
  });

  it("has right derivatives, first and second, though the statistics depend on the input", () => {
    const generator = new Generator(1);
    const [x, w, b] = [[4, 3], [3], [3]].map((shape) => generator.normal(shape, float64) as Tensor);
    const forward = (input: Variable, weight: Variable, bias: Variable): Variable => {
      const layer = new BatchNorm1d(3, { affine: false, ...float64 });
      return asVariable(add(mul(layer.forward(input), weight), bias));
    };
    gradcheck(forward, [x as Tensor, w as Tensor, b as Tensor]);
    gradgradcheck(forward, [x as Tensor, w as Tensor, b as Tensor]);
  });

  it("keeps small deviations of large numbers", () => {
    const layer = new BatchNorm1d(1, { epsilon: 0, ...float64 });
    expectClose(layer.forward(tensor([[1e9 - 1], [1e9 + 1]], float64)), [[-1], [1]], 1e-12);
  });

  it("takes [n, c, length] and images, each channel over all positions", () => {
    const signal = new BatchNorm1d(1, { epsilon: 0, ...float64 }).forward(
      tensor([[[1, 3]], [[3, 1]]], float64),
    );
    expectClose(signal, [[[-1, 1]], [[1, -1]]], 1e-14);
    expect(new BatchNorm2d(3).forward(zeros([2, 3, 4, 4])).shape).toEqual([2, 3, 4, 4]);
    expect(new BatchNorm2d(3).forward(zeros([0, 3, 4, 4])).shape).toEqual([0, 3, 4, 4]);
  });
});

describe("batch normalisation in evaluation", () => {
  it("uses the running statistics, also for a batch of one", () => {
    const layer = new BatchNorm1d(2, { epsilon: 0, ...float64 }).eval();
    layer.runningMean?.assign(tensor([1, 2]));
    layer.runningVar?.assign(tensor([4, 9]));
    expectClose(layer.forward(tensor([[3, 5]], float64)), [[1, 1]], 1e-15);
    const x = variable([[3, 5]], float64);
    const [slope] = grad([layer.forward(x)], [x], { gradients: [tensor([[6, 6]], float64) as Tensor] });
    expectClose(slope as Variable, [[3, 2]], 1e-15);
  });

  it("uses the batch's without running statistics", () => {
    const layer = new BatchNorm1d(2, { trackRunningStats: false, affine: false, ...float64 });
    const trained = layer.forward(batch).toArray();
    expect(layer.eval().forward(batch).toArray()).toEqual(trained);
    expect([...layer.stateDict().keys()]).toEqual([]);
  });
});

describe("the state of batch normalisation", () => {
  it("has PyTorch's names, in order and in files", () => {
    const layer = new BatchNorm2d(2);
    layer.forward(new Generator(1).normal([3, 2, 2, 2]));
    const names = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"];
    expect([...layer.stateDict().keys()]).toEqual(names);
    expect(layer.namedBuffers().map(([name]) => name)).toEqual(names.slice(2));
    const other = new BatchNorm2d(2);
    other.loadStateDict(decodeSafetensors(encodeSafetensors(layer.stateDict())).tensors);
    expect(other.runningVar?.toArray()).toEqual(layer.runningVar?.toArray());
    expect(other.numBatchesTracked?.item()).toBe(1);
    expect(other.numBatchesTracked?.dtype).toBe("int32");
  });
});

describe("batch normalisation refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "one value a channel in training": [
      () => new BatchNorm1d(3).forward(zeros([1, 3])),
      "[BatchNorm1d] input is [1, 3]: one value a channel, which has no variance. Train with a larger batch, or call eval() to use the running statistics.",
    ],
    "another number of features": [
      () => new BatchNorm1d(3).forward(zeros([5, 4])),
      "[BatchNorm1d] expected [n, c] or [n, c, length] with c = 3: input is [5, 4] (axis 1 = 4). Channels come after the batch; make the layer for as many as its input has.",
    ],
    "rows, where images are due": [
      () => new BatchNorm2d(3).forward(zeros([5, 3])),
      "[BatchNorm2d] expected [n, c, h, w] with c = 3: input is [5, 3] (axis 1 = 3). Channels come after the batch; make the layer for as many as its input has.",
    ],
    "a momentum above 1": [
      () => new BatchNorm1d(3, { momentum: 2 }),
      "[BatchNorm1d] momentum is 2. Give a share from 0 to 1, or null for the mean over all batches.",
    ],
    "no features": [
      () => new BatchNorm1d(0),
      "[BatchNorm1d] numFeatures is 0. Give a whole number of at least 1.",
    ],
    "an unknown option": [
      () => new BatchNorm2d(3, { eps: 1 } as never),
      '[BatchNorm2d] unknown option "eps". Known options: epsilon, momentum, affine, trackRunningStats, dtype.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
