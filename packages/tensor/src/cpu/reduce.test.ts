import { describe, expect, it } from "vitest";
import { tensor } from "../create.ts";
import { Generator } from "../generator.ts";
import type { Tensor } from "../tensor.ts";

/** Σx exactly: doubles are whole multiples of 2⁻¹⁰⁷⁴, these here of 2⁻¹⁰⁰. */
function exactSum(values: ArrayLike<number>): number {
  let sum = 0n;
  for (const value of Array.from(values)) {
    const high = Math.floor(value * 2 ** 50);
    const low = (value * 2 ** 50 - high) * 2 ** 50;
    sum += (BigInt(high) << 50n) + BigInt(Math.trunc(low));
  }
  return Number(sum) / 2 ** 100;
}

describe("float sums", () => {
  it("in float32 are the exact sum, rounded once", () => {
    const tenths = tensor(new Float32Array(1_000_000).fill(0.1));
    const exact = Math.fround(Math.fround(0.1) * 1_000_000);
    // Added up one after the other in float32 they would give 100958.34.
    expect(tenths.sum().item()).toBe(exact);
    expect(tenths.reshape([1000, 1000]).sum(0).sum().item()).toBe(exact);
    expect(tensor([16777216, 1, 1, 1, 1]).sum().item()).toBe(16777220);
  });

  it("in float64 err by a few units in the last place of a million terms", () => {
    const x = new Generator(3).uniform([1_000_000], { dtype: "float64" });
    const exact = exactSum(x.toTypedArray());
    const unit = 2 ** -52 * exact;
    // Pairwise: about log2(n / 128) roundings in a row, where a plain loop had a million.
    const ways: Tensor[] = [
      x.sum(),
      x.flip().sum(),
      x.reshape([1000, 1000]).transpose().sum(),
      x.reshape([100, 10000]).slice({ step: -1 }).sum(),
    ];
    for (const sum of ways) expect(Math.abs(sum.item() - exact)).toBeLessThanOrEqual(8 * unit);
  });

  it("down the columns agree with sums of each column, in every layout", () => {
    const x = new Generator(4).normal([37, 19]);
    const columns = Array.from({ length: 19 }, (_, j) =>
      Math.fround(exactSum(x.slice(null, j).toTypedArray())),
    );
    expect(x.sum(0).toArray()).toEqual(columns);
    expect(x.copy().transpose().sum(1).toArray()).toEqual(columns);
    expect(x.transpose().copy().sum(1).toArray()).toEqual(columns);
    expect(x.flip(1).sum(0).flip().toArray()).toEqual(columns);
    expect(x.unsqueeze(0).sum([0, 1]).toArray()).toEqual(columns);
  });

  it("do not overflow on the way in float32", () => {
    expect(tensor([3e38, 3e38, -3e38]).sum().item()).toBe(Math.fround(3e38));
    expect(
      tensor([[3e38], [3e38], [-3e38]])
        .sum(0)
        .toArray(),
    ).toEqual([Math.fround(3e38)]);
  });

  it("give 0 for zeros of either sign", () => {
    expect(tensor([-0, -0]).sum().item()).toBe(0);
  });
});
