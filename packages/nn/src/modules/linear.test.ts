import { variable } from "@adjoint/autograd";
import { gradcheck } from "@adjoint/autograd/testing";
import { Generator, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Linear } from "./linear.ts";

/** A layer with weight [[1, 2, 3], [4, 5, 6]] and bias [10, 20]. */
function layer(): Linear<3, 2> {
  const linear = new Linear(3, 2, { dtype: "float64" });
  linear.weight.value.assign(
    tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  );
  linear.bias?.value.assign(tensor([10, 20]));
  return linear;
}

describe("Linear", () => {
  it("is x·Wᵀ + b over the last axis", () => {
    expectClose(layer().forward(tensor([1, 0, -1])), [8, 18], 0);
    expectClose(
      layer().forward(
        tensor([
          [1, 0, -1],
          [0, 0, 0],
        ]),
      ),
      [
        [8, 18],
        [10, 20],
      ],
      0,
    );
    expect(layer().forward(zeros([5, 4, 3])).shape).toEqual([5, 4, 2]);
    expect(layer().forward(zeros([0, 3])).shape).toEqual([0, 2]);
  });

  it("goes without a bias", () => {
    const linear = new Linear(3, 2, { bias: false });
    expect(linear.bias).toBeNull();
    expect([...linear.stateDict().keys()]).toEqual(["weight"]);
    expectClose(linear.forward(zeros([1, 3])), [[0, 0]], 0);
  });

  it("gives gradients to weight, bias and input", () => {
    const linear = layer();
    const x = variable(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      { dtype: "float64" },
    );
    const y = linear.forward(x);
    y.backward({
      gradient: tensor(
        [
          [1, 0],
          [0, 1],
        ],
        { dtype: "float64" },
      ),
    });
    expectClose(
      linear.weight.grad?.value as Tensor,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      0,
    );
    expectClose(linear.bias?.grad?.value as Tensor, [1, 1], 0);
    expectClose(
      x.grad?.value as Tensor,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      0,
    );
    gradcheck((input) => layer().forward(input), [x.value]);
  });

  it("starts uniform in ±1/√in, weight and bias, as PyTorch's", () => {
    const linear = new Linear(64, 500, { dtype: "float64", generator: new Generator(1) });
    for (const parameter of [linear.weight, linear.bias]) {
      const values = [...(parameter?.value.toTypedArray() ?? [])];
      const largest = Math.max(...values.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(1 / 8);
      expect(largest).toBeGreaterThan(0.98 / 8);
      // The deviation of 500 uniform numbers strays by 2%; 10% is 5 times that.
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
      expect(Math.abs(deviation * 8 * Math.sqrt(3) - 1)).toBeLessThan(0.1);
    }
  });

  it("starts the same from the same seed, and in float32 by default", () => {
    const make = (): Linear => new Linear(3, 2, { generator: new Generator(9) }) as Linear;
    expect(make().weight.toArray()).toEqual(make().weight.toArray());
    expect(make().weight.dtype).toBe("float32");
  });
});

describe("Linear refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "an input of another width": [
      () => layer().forward(zeros([4, 5]) as Tensor),
      "[Linear] expected last axis 3: input is [4, 5] (axis 1 = 5). Flatten or reshape the input, or make the layer as wide as its input.",
    ],
    "an input without axes": [
      () => layer().forward(zeros([]) as Tensor),
      "[Linear] expected last axis 3: input is []. Flatten or reshape the input, or make the layer as wide as its input.",
    ],
    "a width of 0": [() => new Linear(0, 2), "[Linear] inFeatures is 0. Give a whole number of at least 1."],
    "half a width": [
      () => new Linear(2, 2.5),
      "[Linear] outFeatures is 2.5. Give a whole number of at least 1.",
    ],
    "an unknown option": [
      () => new Linear(1, 1, { biased: true } as never),
      '[Linear] unknown option "biased". Known options: bias, dtype, generator.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
