import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyDType,
  anySample,
  anyShape,
  indicesOf,
  laidOut,
  numbersOf,
  type Sample,
  sampleOf,
  smallNumber,
} from "../test/arbitrary-tensors.ts";
import { arange, full, ones, tensor, zeros } from "./create.ts";
import { type DType, promote } from "./dtype.ts";
import { concat, pad, stack, unslice } from "./indexing.ts";
import type { Range } from "./movement.ts";
import { sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

interface Gathering {
  readonly sample: Sample;
  readonly axis: number;
  readonly index: Sample;
}

/** A sample, one of its axes, and an index of its other axes and any length that holds positions on that axis. */
function anyGathering(dtypes: readonly DType[], numbers = smallNumber): fc.Arbitrary<Gathering> {
  return fc
    .tuple(anyShape(3), fc.nat(2), fc.nat(5), anyDType(...dtypes), fc.constantFrom<DType[]>("int32", "uint8"))
    .chain(([shape, at, length, dtype, indexDType]) => {
      const full = shape.length === 0 ? [2] : shape;
      const axis = at % full.length;
      const size = full[axis] ?? 0;
      const indexShape = full.map((old, i) => (i === axis ? (size === 0 ? 0 : length) : old));
      const position = {
        ...smallNumber,
        int32: fc.nat(Math.max(size - 1, 0)),
        uint8: fc.nat(Math.max(size - 1, 0)),
      };
      return fc.record({
        sample: sampleOf(full, dtype, numbers),
        axis: fc.constant(axis),
        index: sampleOf(indexShape, indexDType, position),
      });
    });
}

const replaced = (index: readonly number[], axis: number, value: number): number[] =>
  index.map((i, position) => (position === axis ? value : i));

describe("gather", () => {
  it("reads at the index along an axis, in any layout", () => {
    fc.assert(
      fc.property(anyGathering([]), ({ sample, axis, index }) => {
        const result = sample.x.gather(index.x, axis - (index.values.length % 2) * sample.x.rank);
        const expected = indicesOf(index.x.shape).map((at) =>
          valueAtExactly(sample, replaced(at, axis, valueAtExactly(index, at))),
        );
        expect([result.dtype, result.shape, numbersOf(result)]).toEqual([
          sample.x.dtype,
          index.x.shape,
          expected,
        ]);
      }),
      { seed: 51, numRuns: 400 },
    );
  });

  it("copies whole rows where the index is the same along them", () => {
    const x = arange(0, 100).reshape([5, 20]);
    const rows = tensor([3, 0, 3, 4], { dtype: "int32" });
    expect(x.indexSelect(rows).toArray()).toEqual([3, 0, 3, 4].map((i) => x.slice(i).toArray()));
    expect(x.indexSelect(rows, -1).transpose().toArray()).toEqual(
      [3, 0, 3, 4].map((i) => x.slice(null, i).toArray()),
    );
    expect(x.flip(1).indexSelect(rows).toArray()).toEqual(
      [3, 0, 3, 4].map((i) => x.flip(1).slice(i).toArray()),
    );
    expect(
      x
        .slice({ start: 1 })
        .indexSelect(rows.slice({ start: 1, stop: 3 }))
        .toArray(),
    ).toEqual([1, 4].map((i) => x.slice(i).toArray()));
  });

  it("reads long runs whose index changes along them", () => {
    const x = arange(0, 60).reshape([3, 20]);
    const index = arange(0, 40, 1, { dtype: "int32" }).remainder(3).reshape([2, 20]);
    const expected = [0, 1].map((i) => Array.from({ length: 20 }, (_, j) => ((20 * i + j) % 3) * 20 + j));
    expect(x.gather(index, 0).toArray()).toEqual(expected);
    expect(
      zeros([3, 20])
        .scatterAdd(index, ones([2, 20]), 0)
        .sum(0)
        .toArray(),
    ).toEqual(Array(20).fill(2));
  });

  it("takes an empty index", () => {
    expect(zeros([3, 2]).indexSelect(zeros([0], { dtype: "int32" })).shape).toEqual([0, 2]);
    expect(zeros([0, 2]).indexSelect(zeros([0], { dtype: "int32" })).shape).toEqual([0, 2]);
  });
});

/** The number at an index of exactly the sample's shape: no axis stretches. */
function valueAtExactly(sample: Sample, index: readonly number[]): number {
  return (
    sample.values[index.reduce((sum, i, axis) => sum * (sample.x.shape[axis] ?? 1) + i, 0)] ?? Number.NaN
  );
}

describe("scatterAdd", () => {
  it("adds at the index along an axis, duplicates too, in any layout", () => {
    const numeric: DType[] = ["uint8", "int32", "float32", "float64"];
    const withSource = anyGathering(numeric).chain(({ sample, axis, index }) =>
      fc.record({
        sample: fc.constant(sample),
        axis: fc.constant(axis),
        index: fc.constant(index),
        source: sampleOf(index.x.shape, sample.x.dtype, smallNumber),
      }),
    );
    fc.assert(
      fc.property(withSource, ({ sample, axis, index, source }) => {
        const before = sample.x.storage.version;
        const result = sample.x.scatterAdd(index.x, source.x, axis);
        const expected = [...sample.values];
        for (const at of indicesOf(index.x.shape)) {
          const to = replaced(at, axis, valueAtExactly(index, at));
          const flat = to.reduce((sum, i, position) => sum * (sample.x.shape[position] ?? 1) + i, 0);
          expected[flat] = (expected[flat] ?? 0) + valueAtExactly(source, at);
        }
        expect([result.dtype, result.shape, numbersOf(result)]).toEqual([
          sample.x.dtype,
          sample.x.shape,
          expected,
        ]);
        expect([numbersOf(sample.x), sample.x.storage.version]).toEqual([sample.values, before]);
      }),
      { seed: 52, numRuns: 400 },
    );
  });

  it("casts the source to the dtype of x", () => {
    const index = tensor([0, 0], { dtype: "int32" });
    expect(
      ones([1], { dtype: "int32" })
        .scatterAdd(index, tensor([1.9, -0.5]), 0)
        .toArray(),
    ).toEqual([2]);
    expect(
      ones([1])
        .scatterAdd(index, tensor([true, true]), 0)
        .toArray(),
    ).toEqual([3]);
  });
});

describe("errors at an index", () => {
  const index = (...values: number[]): Tensor => tensor(values, { dtype: "int32" });

  it.each([
    [
      () => ones([3]).gather(index(0, 3), 0),
      "[gather] index holds 3, the axis has size 3. Every index must be from 0 to 2.",
    ],
    [
      () => ones([3]).gather(index(-1), 0),
      "[gather] index holds -1, the axis has size 3. Every index must be from 0 to 2.",
    ],
    [
      () => ones([3]).scatterAdd(index(5), ones([1]), 0),
      "[scatterAdd] index holds 5, the axis has size 3. Every index must be from 0 to 2.",
    ],
    [
      () => ones([9, 20]).indexSelect(index(9)),
      "[gather] index holds 9, the axis has size 9. Every index must be from 0 to 8.",
    ],
    [() => ones([0]).gather(index(0), 0), "[gather] index holds 0, the axis has size 0. The axis is empty."],
    [
      () => ones([3]).gather(ones([1]), 0),
      '[gather] index is float32. Give positions as int32 or uint8, for example with cast("int32").',
    ],
    [
      () => ones([3, 2]).gather(index(0), 0),
      "[gather] index is [1], x is [3, 2], axis is 0. Index must have x's rank, and x's size on every axis but the indexed one; unsqueeze and expand it.",
    ],
    [
      () => ones([3, 2]).gather(zeros([3, 1], { dtype: "int32" }), 0),
      "[gather] index is [3, 1], x is [3, 2], axis is 0. Index must have x's rank, and x's size on every axis but the indexed one; unsqueeze and expand it.",
    ],
    [
      () => ones([3]).gather(index(0), 1),
      "[gather] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    ],
    [
      () => ones([3]).scatterAdd(index(0), ones([2]), 0),
      "[scatterAdd] source is [2], index is [1]. Give one index for each element of source.",
    ],
    [
      () => tensor([true]).scatterAdd(index(0), tensor([true]), 0),
      '[scatterAdd] x is bool. Cast it first, for example with cast("int32").',
    ],
    [
      () => ones([3]).indexSelect(zeros([1, 1], { dtype: "int32" })),
      "[indexSelect] index is [1, 1]. Give a 1-d tensor of positions; use gather for an index of x's rank.",
    ],
  ])("say what is wrong %#", (read, message) => {
    expect(read).toThrow(expect.objectContaining({ message }));
  });

  it("carry the index and the size", () => {
    expect(() => ones([3]).gather(index(7), 0)).toThrow(
      expect.objectContaining({ name: "IndexError", index: 7, size: 3, op: "gather" }),
    );
  });
});

describe("concat and stack", () => {
  const anyParts = fc
    .tuple(anyShape(3), fc.nat(2), fc.array(fc.tuple(fc.nat(3), anyDType()), { minLength: 1, maxLength: 4 }))
    .chain(([shape, at, parts]) => {
      const full = shape.length === 0 ? [1] : shape;
      const axis = at % full.length;
      const samples = parts.map(([size, dtype]) =>
        sampleOf(
          full.map((old, i) => (i === axis ? size : old)),
          dtype,
          smallNumber,
        ),
      );
      return fc.tuple(fc.constant(axis), fc.tuple(...samples));
    });

  it("join along an axis, dtypes meeting, in any layout", () => {
    fc.assert(
      fc.property(anyParts, ([axis, samples]) => {
        const joined = concat(
          samples.map(({ x }) => x),
          axis,
        );
        const dtype = samples.map(({ x }) => x.dtype).reduce(promote);
        expect(joined.dtype).toBe(dtype);
        let start = 0;
        for (const { x, values } of samples) {
          const size = x.shape[axis] ?? 0;
          const part = joined.slice(...Array.from({ length: axis }, () => null), {
            start,
            stop: start + size,
          });
          expect([part.shape, numbersOf(part)]).toEqual([x.shape, values]);
          start += size;
        }
        expect(joined.shape[axis]).toBe(start);
      }),
      { seed: 53, numRuns: 200 },
    );
  });

  it("stack along a new axis", () => {
    const [a, b] = [tensor([1, 2, 3]), tensor([4, 5, 6])];
    expect(stack([a, b]).toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(stack([a, b], -1).toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(stack([a, b], 1).toArray()).toEqual(stack([a, b], -1).toArray());
    expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
    expect(concat([a, b], -1).toArray()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(concat([a.flip(), zeros([0])]).toArray()).toEqual([3, 2, 1]);
  });

  it.each([
    [() => concat([]), "[concat] there is nothing to join. Give at least one tensor."],
    [() => stack([]), "[stack] there is nothing to join. Give at least one tensor."],
    [
      () => concat([ones([2]), ones([2, 1])]),
      "[concat] tensor 1 is [2, 1], tensor 0 is [2], axis is 0. All must have one rank, and one size on every axis but the joined one.",
    ],
    [
      () => concat([ones([2, 3]), ones([2, 4])]),
      "[concat] tensor 1 is [2, 4], tensor 0 is [2, 3], axis is 0. All must have one rank, and one size on every axis but the joined one.",
    ],
    [() => concat([tensor(1)]), "[concat] axis 0 is outside a tensor of rank 0. A 0-d tensor has no axes."],
    [
      () => stack([ones([2]), ones([3])]),
      "[stack] tensor 1 is [3], tensor 0 is [2]. All must have one shape; concat joins along an axis that they have.",
    ],
    [() => stack([ones([2])], 2), "[stack] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1."],
  ])("say what is wrong %#", (joined, message) => {
    expect(joined).toThrow(expect.objectContaining({ message }));
  });
});

describe("pad", () => {
  it("puts a border around x that slicing takes away again", () => {
    const padded = anySample({ maxRank: 3 }).chain((sample) => {
      const amounts = fc.array(fc.nat(2), { minLength: sample.x.rank, maxLength: sample.x.rank });
      return fc.tuple(fc.constant(sample), amounts, amounts);
    });
    fc.assert(
      fc.property(padded, ([{ x, values }, before, after]) => {
        const wide = pad(x, before, after, 1);
        expect(wide.shape).toEqual(x.shape.map((size, i) => size + (before[i] ?? 0) + (after[i] ?? 0)));
        const middle = x.shape.map(
          (size, i): Range => ({ start: before[i] ?? 0, stop: (before[i] ?? 0) + size }),
        );
        expect(numbersOf(wide.slice(...middle))).toEqual(values);
        const border = pad(zeros(x.shape, { dtype: "int32" }), before, after, 1)
          .sum()
          .item();
        expect(border).toBe(sizeOf(wide.shape) - x.size);
      }),
      { seed: 54, numRuns: 200 },
    );
  });

  it("fills with the value, NaN and -0 too", () => {
    expect(pad(tensor([1]), [1], [0], Number.NaN).toArray()).toEqual([Number.NaN, 1]);
    expect(pad(tensor([1]), [0], [1], -0).toArray()).toEqual([1, -0]);
    expect(pad(tensor([true]), [1], [1]).toArray()).toEqual([false, true, false]);
  });

  it.each([
    [
      () => pad(ones([2]), [1], [1, 2]),
      "[pad] after is [1, 2] for x of [2]. Give 1 whole numbers of at least 0, one for each axis.",
    ],
    [
      () => pad(ones([2]), [-1], [0]),
      "[pad] before is [-1] for x of [2]. Give 1 whole numbers of at least 0, one for each axis.",
    ],
    [
      () => pad(ones([2], { dtype: "int32" }), [1], [0], 0.5),
      '[pad] the number 0.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    ],
  ])("says what is wrong %#", (wide, message) => {
    expect(wide).toThrow(expect.objectContaining({ message }));
  });
});

describe("unslice", () => {
  it("is the transpose of slicing: the same inner products", () => {
    const anyRange: fc.Arbitrary<Range | null> = fc.option(
      fc.record({
        start: fc.integer({ min: -5, max: 5 }),
        stop: fc.integer({ min: -5, max: 5 }),
        step: fc.constantFrom(1, 2, -1, -2),
      }),
    );
    const sliced = fc
      .tuple(anyShape(3), fc.array(anyRange, { minLength: 3, maxLength: 3 }))
      .chain(([shape, ranges]) =>
        sampleOf(shape, "float64", smallNumber).chain((sample) => {
          const own = ranges.slice(0, shape.length);
          const part = sample.x.slice(...own);
          return fc.tuple(
            fc.constant(sample),
            fc.constant(own),
            sampleOf(part.shape, "float64", smallNumber),
          );
        }),
      );
    fc.assert(
      fc.property(sliced, ([x, ranges, y]) => {
        const back = unslice(y.x, x.x.shape, ranges) as Tensor;
        expect([back.shape, back.dtype]).toEqual([x.x.shape, "float64"]);
        expect(numbersOf(back.slice(...ranges))).toEqual(y.values);
        const there = (x.x.slice(...ranges) as Tensor).mul(y.x).sum().item();
        expect((x.x as Tensor).mul(back).sum().item()).toBe(there);
      }),
      { seed: 55, numRuns: 200 },
    );
  });

  it("puts a picked index back", () => {
    expect(unslice(tensor([5, 6]), [2, 3], [null, -1]).toArray()).toEqual([
      [0, 0, 5],
      [0, 0, 6],
    ]);
    expect(unslice(tensor(7), [3], [1]).toArray()).toEqual([0, 7, 0]);
  });

  it("refuses another shape than the slice has", () => {
    expect(() => unslice(ones([2]), [4], [{ start: 1 }])).toThrow(
      expect.objectContaining({
        name: "ShapeMismatchError",
        message:
          "[unslice] x is [2], but the slice of [4] is [3]. Give the same ranges as the slice that x stands for.",
      }),
    );
    expect(() => unslice(ones([]), [4], [4])).toThrow("[unslice] index 4 is outside axis 0 of size 4.");
  });
});

describe("laidOut", () => {
  it("is a test's own tool, and puts numbers where strides say", () => {
    const layout = { order: [1, 0, 0, 0, 0, 0], steps: [-1, 2, 1, 1, 1, 1], offset: 1 };
    const x = laidOut([2, 2], "int32", [1, 2, 3, 4], layout);
    expect([x.strides, x.offset, x.toArray()]).toEqual([
      [-1, 4],
      2,
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    expect(full([1], 1).toArray()).toEqual([1]);
  });
});
