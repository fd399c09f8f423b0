import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anySample, indicesOf } from "../test/arbitrary-tensors.ts";
import { tensor, zeros } from "./create.ts";
import type { Tensor } from "./tensor.ts";

const nan = Number.NaN;

/** The lines of a sample along an axis, each by the index of its other axes. */
function linesOf(x: Tensor, values: readonly number[], axis: number): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const [i, index] of indicesOf(x.shape).entries()) {
    const key = index.toSpliced(axis, 1).join();
    lines.set(key, [...(lines.get(key) ?? []), values[i] ?? nan]);
  }
  return lines;
}

describe("argsort", () => {
  it("puts the smallest first, or the largest, NaN being the largest", () => {
    const x = tensor([3, nan, -1, Infinity, 2]);
    expect(x.argsort().toArray()).toEqual([2, 4, 0, 3, 1]);
    expect(x.argsort(0, { descending: true }).toArray()).toEqual([1, 3, 0, 4, 2]);
  });

  it("keeps equal elements in their order, both ways; 0 and −0 are equal", () => {
    const x = tensor([0, 1, -0, 1, 0]);
    expect(x.argsort().toArray()).toEqual([0, 2, 4, 1, 3]);
    expect(x.argsort(0, { descending: true }).toArray()).toEqual([1, 3, 0, 2, 4]);
  });

  it("sorts any axis of any view as a stable sort of its lines does", () => {
    fc.assert(
      fc.property(anySample({ maxRank: 3 }), fc.nat(2), fc.boolean(), ({ x, values }, at, descending) => {
        if (x.rank === 0) return;
        const axis = at % x.rank;
        const actual = linesOf(x, Array.from(x.argsort(axis, { descending }).toTypedArray()), axis);
        const sign = descending ? -1 : 1;
        const rank = (v: number): number => (Number.isNaN(v) ? Infinity : v);
        for (const [key, line] of linesOf(x, values, axis)) {
          const order = line
            .map((value, i) => ({ value, i }))
            .sort(({ value: a }, { value: b }) => {
              const tie = Number(Number.isNaN(a)) - Number(Number.isNaN(b));
              return rank(a) === rank(b) ? sign * tie : sign * (rank(a) < rank(b) ? -1 : 1);
            });
          expect(actual.get(key)).toEqual(order.map(({ i }) => i));
        }
      }),
      { seed: 91, numRuns: 200 },
    );
  });

  it("sorts lines longer than a run", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i * 7919) % 101);
    const order = Array.from(tensor(values).argsort().toTypedArray());
    const expected = Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
    expect(order).toEqual(expected);
  });

  it("takes 0-d and empty tensors", () => {
    expect(tensor(5).argsort().toArray()).toBe(0);
    expect(zeros([2, 0]).argsort().shape).toEqual([2, 0]);
  });

  it("refuses an axis that is not there", () => {
    expect(() => zeros([2]).argsort(1)).toThrow(
      "[argsort] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    );
  });
});

describe("cumsum, cumprod", () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it("run along an axis", () => {
    expect(x.cumsum(0).toArray()).toEqual([
      [1, 2, 3],
      [5, 7, 9],
    ]);
    expect(x.transpose().cumprod(0).toArray()).toEqual([
      [1, 4],
      [2, 20],
      [6, 120],
    ]);
  });

  it("add float32 up in float64, which PyTorch's float32 running sum does not", () => {
    const ones = tensor([2 ** 24, 1, 1, 1]);
    expect(ones.cumsum(0).toArray()).toEqual([2 ** 24, 2 ** 24, 2 ** 24 + 2, 2 ** 24 + 4]);
  });

  it("count in int32, which wraps around", () => {
    expect(tensor([true, false, true]).cumsum(0).toArray()).toEqual([1, 1, 2]);
    expect(
      tensor([2 ** 30, 2, 3], { dtype: "int32" })
        .cumprod(0)
        .toArray(),
    ).toEqual([2 ** 30, -(2 ** 31), -(2 ** 31)]);
  });

  it("take 0-d and empty tensors", () => {
    expect(tensor(5).cumsum(0).toArray()).toBe(5);
    expect(zeros([0, 2]).cumprod(0).shape).toEqual([0, 2]);
  });

  it("refuse an axis that is not there", () => {
    expect(() => x.cumprod(2)).toThrow(
      "[cumprod] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    );
  });
});
