import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { anySample, indicesOf, numbersOf, type Sample, smallNumber } from "../test/arbitrary-tensors.ts";
import { full, ones, tensor, zeros } from "./create.ts";
import { type DType, isFloat } from "./dtype.ts";
import { reducedShape, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** For each element of the result, the numbers that are folded into it, in row-major order. */
function groups({ x, values }: Sample, axes: readonly number[]): number[][] {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const found: number[][] = Array.from({ length: sizeOf(kept) }, () => []);
  for (const [i, index] of indicesOf(x.shape).entries()) {
    const outer = index.reduce(
      (at, own, axis) => at * (kept[axis] ?? 1) + (axes.includes(axis) ? 0 : own),
      0,
    );
    found[outer]?.push(values[i] ?? Number.NaN);
  }
  return found;
}

/** A sample, some of its axes (null: all, by saying nothing), and whether to keep them. */
function anyReduction(
  dtypes: readonly DType[],
  numbers = smallNumber,
): fc.Arbitrary<[Sample, number[] | null, boolean]> {
  return anySample({ dtypes, numbers }).chain((sample) =>
    fc.tuple(
      fc.constant(sample),
      fc.option(fc.subarray(sample.x.shape.map((_, axis) => axis))),
      fc.boolean(),
    ),
  );
}

function check(
  fold: (x: Tensor, axes: number[] | undefined, keepDims: boolean) => Tensor,
  naive: (numbers: number[]) => number,
  [sample, axes, keepDims]: [Sample, number[] | null, boolean],
): void {
  const all = axes ?? sample.x.shape.map((_, axis) => axis);
  const result = fold(sample.x, axes ?? undefined, keepDims);
  expect(result.shape).toEqual(reducedShape(sample.x.shape, all, keepDims));
  expect(result.contiguous).toBe(true);
  expect(numbersOf(result)).toEqual(groups(sample, all).map(naive));
}

const every: readonly DType[] = ["bool", "uint8", "int32", "float32", "float64"];
const floats: readonly DType[] = ["float32", "float64"];

describe("sum and prod", () => {
  it("sum over any axes of any layout", () => {
    fc.assert(
      fc.property(anyReduction(every), (reduction) => {
        check(
          (x, axes, keepDims) => x.sum(axes, { keepDims }),
          (numbers) => numbers.reduce((a, b) => a + b, 0),
          reduction,
        );
      }),
      { seed: 31, numRuns: 400 },
    );
  });

  it("multiply over any axes of any layout", () => {
    const tiny = {
      ...smallNumber,
      float32: fc.integer({ min: -1, max: 2 }),
      float64: fc.integer({ min: -1, max: 2 }),
      int32: fc.integer({ min: -1, max: 2 }),
      uint8: fc.nat(2),
    };
    fc.assert(
      fc.property(anyReduction(every, tiny), ([sample, axes, keepDims]) => {
        // A product of more numbers than 24 twos would no longer be exact in float32.
        fc.pre(sample.x.size <= 24);
        // Integers have no −0.
        const zero = isFloat(sample.x.dtype) ? -0 : 0;
        const naive = (numbers: number[]): number => numbers.reduce((a, b) => a * b, 1) + zero;
        check((x, at, keep) => x.prod(at, { keepDims: keep }), naive, [sample, axes, keepDims]);
      }),
      { seed: 32, numRuns: 300 },
    );
  });

  it("add integers and bools up in int32, floats in their own dtype", () => {
    expect(full([3], 200, { dtype: "uint8" }).sum().item()).toBe(600);
    expect(full([3], 200, { dtype: "uint8" }).prod().item()).toBe(8000000);
    expect(tensor([true, true, false]).sum().item()).toBe(2);
    for (const [dtype, result] of [
      ["bool", "int32"],
      ["uint8", "int32"],
      ["int32", "int32"],
      ["float32", "float32"],
      ["float64", "float64"],
    ] as const) {
      expect([ones([2], { dtype }).sum().dtype, ones([2], { dtype }).prod().dtype]).toEqual([result, result]);
    }
    expectTypeOf(ones([2, 3], { dtype: "uint8" }).sum(1)).toEqualTypeOf<Tensor<[2], "int32">>();
  });

  it("wrap in int32 as sums of words do", () => {
    const big = full([2, 2], 2147483647, { dtype: "int32" });
    expect(big.sum().item()).toBe(-4);
    expect(big.sum(0).toArray()).toEqual([-2, -2]);
    expect(full([2], 65537, { dtype: "int32" }).prod().item()).toBe(131073);
  });

  it("of nothing are 0 and 1", () => {
    expect(zeros([0]).sum().item()).toBe(0);
    expect(zeros([2, 0]).sum(1).toArray()).toEqual([0, 0]);
    expect(zeros([0, 2]).sum(0).toArray()).toEqual([0, 0]);
    expect(zeros([0, 2]).sum(1).shape).toEqual([0]);
    expect(zeros([2, 0]).prod(1).toArray()).toEqual([1, 1]);
    expect(zeros([0, 2]).prod().item()).toBe(1);
  });

  it("let NaN and infinities through", () => {
    expect(tensor([1, Number.NaN, 2]).sum().item()).toBeNaN();
    expect(tensor([1, Infinity]).sum().item()).toBe(Infinity);
    expect(tensor([Infinity, -Infinity]).sum().item()).toBeNaN();
    expect(tensor([0, Infinity]).prod().item()).toBeNaN();
  });
});

describe("mean", () => {
  it("is the sum over the count", () => {
    fc.assert(
      fc.property(anyReduction(floats), ([sample, axes, keepDims]) => {
        const round = sample.x.dtype === "float32" ? Math.fround : Number;
        const naive = (numbers: number[]): number =>
          round(numbers.reduce((a, b) => a + b, 0) / numbers.length);
        check((x, at, keep) => x.mean(at, { keepDims: keep }), naive, [sample, axes, keepDims]);
      }),
      { seed: 33, numRuns: 200 },
    );
  });

  it("of nothing is NaN", () => {
    expect(zeros([0]).mean().item()).toBeNaN();
    expect(zeros([2, 0]).mean(1).toArray()).toEqual([Number.NaN, Number.NaN]);
    expect(zeros([0, 2]).mean(1).shape).toEqual([0]);
  });

  it("refuses integers", () => {
    expect(() => (tensor([1], { dtype: "int32" }) as Tensor).mean()).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message: '[mean] x is int32. A mean takes float32 or float64; use cast("float32").',
      }),
    );
  });
});

describe("max and min", () => {
  it("are the largest and smallest of any axes, layout and numbers, NaN above all", () => {
    fc.assert(
      fc.property(
        anySample().chain((sample) =>
          fc.tuple(fc.constant(sample), fc.subarray(sample.x.shape.map((_, axis) => axis)), fc.boolean()),
        ),
        ([sample, axes, keepDims]) => {
          fc.pre(axes.every((axis) => sample.x.shape[axis] !== 0));
          check(
            (x, at, keep) => x.max(at, { keepDims: keep }),
            (numbers) => Math.max(...numbers),
            [sample, axes, keepDims],
          );
          check(
            (x, at, keep) => x.min(at, { keepDims: keep }),
            (numbers) => Math.min(...numbers),
            [sample, axes, keepDims],
          );
        },
      ),
      { seed: 34, numRuns: 300 },
    );
  });

  it("keep the dtype", () => {
    for (const dtype of every)
      expect([ones([2], { dtype }).max().dtype, ones([2], { dtype }).min().dtype]).toEqual([dtype, dtype]);
  });

  it("of nothing are errors", () => {
    expect(() => zeros([2, 0]).max(1)).toThrow(
      expect.objectContaining({
        name: "ShapeMismatchError",
        shapes: [[2, 0]],
        message:
          "[max] x is [2, 0]: axis 1 is empty and has no max. Reduce an axis that holds at least one element.",
      }),
    );
    expect(() => zeros([0]).min()).toThrow("[min] x is [0]: axis 0 is empty and has no min.");
    expect(zeros([2, 0]).max(0).shape).toEqual([0]);
  });
});

describe("argmax and argmin", () => {
  const first = (numbers: number[], better: (a: number, b: number) => boolean): number => {
    const nan = numbers.findIndex(Number.isNaN);
    if (nan >= 0) return nan;
    return numbers.findIndex((x) => numbers.every((y) => !better(y, x)));
  };

  it("are where the first of the best lies along an axis, a NaN counting as best", () => {
    fc.assert(
      fc.property(
        anySample().chain((sample) => fc.tuple(fc.constant(sample), fc.nat(3), fc.boolean())),
        ([sample, at, keepDims]) => {
          const { x } = sample;
          fc.pre(at < x.rank && x.shape[at] !== 0);
          const [most, least] = [x.argmax(at, { keepDims }), x.argmin(at - x.rank, { keepDims })];
          expect([most.shape, most.dtype]).toEqual([reducedShape(x.shape, [at], keepDims), "int32"]);
          expect(numbersOf(most)).toEqual(
            groups(sample, [at]).map((numbers) => first(numbers, (a, b) => a > b)),
          );
          expect(numbersOf(least)).toEqual(
            groups(sample, [at]).map((numbers) => first(numbers, (a, b) => a < b)),
          );
        },
      ),
      { seed: 35, numRuns: 300 },
    );
  });

  it("without an axis count through the whole tensor in row-major order", () => {
    const x = tensor([
      [3, 9],
      [9, 1],
    ]);
    expect(x.argmax().item()).toBe(1);
    expect(x.argmin().item()).toBe(3);
    expect(x.transpose().argmin().item()).toBe(3);
    expect(x.transpose().slice({ step: -1 }).argmin().item()).toBe(1);
    expect(x.argmax(undefined, { keepDims: true }).toArray()).toEqual([[1]]);
    expect(tensor(4).argmax().item()).toBe(0);
    expect(tensor(4).argmax(0).shape).toEqual([]);
  });

  it("of nothing are errors that give the whole shape", () => {
    const message =
      "[argmax] x is [0, 3]: axis 0 is empty and has no argmax. Reduce an axis that holds at least one element.";
    expect(() => zeros([0, 3]).argmax()).toThrow(expect.objectContaining({ message }));
    expect(() => zeros([0, 3]).argmax(0)).toThrow(expect.objectContaining({ message }));
    expect(zeros([0, 3]).argmin(1).shape).toEqual([0]);
  });
});

describe("arguments of reductions", () => {
  it("may name axes from the back, in any order, or none at all", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]) as Tensor;
    expect(x.sum([-1, 0]).item()).toBe(10);
    expect(x.sum([]).toArray()).toEqual(x.toArray());
    expect(x.sum(-2).toArray()).toEqual([4, 6]);
    expect(tensor(5).sum(0).item()).toBe(5);
  });

  it.each([
    [
      () => (zeros([2, 3]) as Tensor).sum(2),
      "[sum] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    ],
    [
      () => (zeros([2, 3]) as Tensor).prod([0, -2]),
      "[prod] axis 0 is named twice in [0, -2]. Name each axis once.",
    ],
    [
      () => (zeros([2, 3]) as Tensor).argmin(-3),
      "[argmin] axis -3 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    ],
    [
      () => zeros([2]).sum(0, { keepdims: true } as object),
      '[sum] unknown option "keepdims". Known options: keepDims.',
    ],
    [() => zeros([2]).mean(0, { dim: 1 } as object), '[mean] unknown option "dim". Known options: keepDims.'],
    [
      () => zeros([2]).argmax(0, { dim: 1 } as object),
      '[argmax] unknown option "dim". Known options: keepDims.',
    ],
  ])("are refused when they make no sense %#", (reduction, message) => {
    expect(reduction).toThrow(expect.objectContaining({ message }));
  });
});
