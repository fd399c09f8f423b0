import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  anySample,
  anyShape,
  indicesOf,
  numbersOf,
  type Sample,
  sampleOf,
} from "../test/arbitrary-tensors.ts";
import { arange, tensor, zeros } from "./create.ts";
import { type Range, resolveRange } from "./movement.ts";
import { sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/** A tensor as a function from index to number: views compose it, and know nothing of strides. */
interface Model {
  readonly shape: readonly number[];
  readonly at: (index: readonly number[]) => number;
}

function modelOf({ x, values }: Sample): Model {
  const at = (index: readonly number[]): number =>
    values[index.reduce((sum, i, axis) => sum * (x.shape[axis] ?? 1) + i, 0)] ?? Number.NaN;
  return { shape: x.shape, at };
}

function modelValues(model: Model): number[] {
  return indicesOf(model.shape).map(model.at);
}

/** The indices that Python's `range(size)[start:stop:step]` holds, found by trying each. */
function pythonRange(size: number, { start, stop, step = 1 }: Range): number[] {
  const count = (bound: number): number => (bound < 0 ? Math.max(bound + size, step < 0 ? -1 : 0) : bound);
  const first = start === undefined ? (step > 0 ? 0 : size - 1) : count(start);
  const from = step > 0 ? first : Math.min(first, size - 1);
  const to = stop === undefined ? (step > 0 ? size : -1) : count(stop);
  const all = Array.from({ length: size }, (_, i) => i).filter((i) =>
    step > 0 ? i >= from && i < to : i <= from && i > to,
  );
  return (step > 0 ? all : all.reverse()).filter((i) => (i - from) % step === 0);
}

/** A step from view to view; its numbers mean what the kind makes of them, so that every step fits every tensor. */
interface Step {
  readonly kind: "permute" | "transpose" | "flip" | "slice" | "pick" | "unsqueeze" | "squeeze" | "expand";
  readonly p: number;
  readonly q: number;
  readonly r: number;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step["kind"][]>(
    "permute",
    "transpose",
    "flip",
    "slice",
    "pick",
    "unsqueeze",
    "squeeze",
    "expand",
  ),
  p: fc.nat(5),
  q: fc.integer({ min: -6, max: 6 }),
  r: fc.integer({ min: -6, max: 6 }),
});

const modulo = (value: number, size: number): number => ((value % size) + size) % size;

function follow(x: Tensor, model: Model, { kind, p, q, r }: Step): [Tensor, Model] {
  const rank = x.rank;
  const axis = rank === 0 ? 0 : p % rank;
  const size = model.shape[axis] ?? 0;
  const replaced = (value: number): number[] => model.shape.map((old, i) => (i === axis ? value : old));
  const mapped =
    (f: (i: number) => number): Model["at"] =>
    (index) =>
      model.at(index.map((i, position) => (position === axis ? f(i) : i)));
  if (kind === "unsqueeze") {
    const at = p % (rank + 1);
    const shape = [...model.shape.slice(0, at), 1, ...model.shape.slice(at)];
    const view = x.unsqueeze(q < 0 ? at - rank - 1 : at);
    return [view, { shape, at: (index) => model.at(index.filter((_, i) => i !== at)) }];
  }
  if (kind === "expand") {
    const shape = [
      ...(q > 0 ? [q % 3] : []),
      ...model.shape.map((old) => (old === 1 ? Math.abs(r) % 4 : old)),
    ];
    const asked = shape.map((target, i) =>
      r < 0 && target === x.shape[i - shape.length + rank] ? -1 : target,
    );
    const at: Model["at"] = (index) =>
      model.at(index.slice(index.length - rank).map((i, position) => (model.shape[position] === 1 ? 0 : i)));
    return [x.expand(asked) as Tensor, { shape, at }];
  }
  if (rank === 0) return [x, model];
  if (kind === "permute") {
    const order = model.shape
      .map((_, i) => i)
      .sort((a, b) => modulo(a * 7 + q, 5) - modulo(b * 7 + q, 5) || a - b);
    const at: Model["at"] = (index) => model.at(order.map((_, i) => index[order.indexOf(i)] ?? 0));
    const view = x.permute(order.map((i) => (r < 0 ? i - rank : i))) as Tensor;
    return [view, { shape: order.map((i) => model.shape[i] ?? 0), at }];
  }
  if (kind === "transpose") {
    if (rank < 2) return [x, model];
    const [a, b] = [modulo(q, rank), modulo(r, rank)];
    const swap = <T>(list: readonly T[]): T[] =>
      list.map((item, i) => (i === a ? list[b] : i === b ? list[a] : item) ?? item);
    return [
      x.transpose(q < 0 ? a - rank : a, b) as Tensor,
      { shape: swap(model.shape), at: (index) => model.at(swap(index)) },
    ];
  }
  if (kind === "flip")
    return [
      x.flip(q < 0 ? axis - rank : axis) as Tensor,
      { shape: model.shape, at: mapped((i) => size - 1 - i) },
    ];
  if (kind === "squeeze") {
    if (size !== 1) return [x.squeeze(axis) as Tensor, model];
    const shape = model.shape.filter((_, i) => i !== axis);
    return [
      x.squeeze(axis) as Tensor,
      { shape, at: (index) => model.at([...index.slice(0, axis), 0, ...index.slice(axis)]) },
    ];
  }
  const before = Array.from({ length: axis }, () => null);
  if (kind === "pick" && size > 0) {
    const at = modulo(q, size);
    const shape = model.shape.filter((_, i) => i !== axis);
    const view = x.slice(...before, r < 0 ? at - size : at);
    return [view, { shape, at: (index) => model.at([...index.slice(0, axis), at, ...index.slice(axis)]) }];
  }
  const range: Range = {
    ...(q === 6 ? {} : { start: q }),
    ...(r === 6 ? {} : { stop: r }),
    step: [1, 2, 3, -1, -2, -3][p] ?? 1,
  };
  const taken = pythonRange(size, range);
  return [x.slice(...before, range), { shape: replaced(taken.length), at: mapped((i) => taken[i] ?? 0) }];
}

describe("views", () => {
  it("in any order show what indices say, and share the storage", () => {
    fc.assert(
      fc.property(anySample({ maxRank: 3 }), fc.array(anyStep, { maxLength: 5 }), (sample, steps) => {
        let [x, model]: [Tensor, Model] = [sample.x, modelOf(sample)];
        for (const step of steps) [x, model] = follow(x, model, step);
        expect(x.shape).toEqual(model.shape);
        expect(numbersOf(x)).toEqual(modelValues(model));
        expect(x.storage).toBe(sample.x.storage);
        expect(numbersOf(x.copy())).toEqual(modelValues(model));
        expect(x.copy().contiguous).toBe(true);
      }),
      { seed: 21, numRuns: 600 },
    );
  });

  it("see later writes, and their writes are seen", () => {
    const x = zeros([2, 3]);
    const column = x.slice(null, 1);
    column.assign(7);
    expect(x.toArray()).toEqual([
      [0, 7, 0],
      [0, 7, 0],
    ]);
    x.assign(tensor([1, 2, 3]));
    expect(column.toArray()).toEqual([2, 2]);
  });
});

describe("reshape", () => {
  const factored = anyShape(4).chain((shape) => {
    const size = sizeOf(shape);
    const divisors = Array.from({ length: size }, (_, i) => i + 1).filter((d) => size % d === 0);
    const target =
      size === 0 ? fc.constant([0, 3]) : fc.constantFrom(...divisors).map((d) => [d, 1, size / d]);
    return fc.tuple(sampleOf(shape, "float32"), target);
  });

  it("keeps the row-major order, of any layout", () => {
    fc.assert(
      fc.property(factored, ([{ x, values }, target]) => {
        const shaped = x.reshape(target) as Tensor;
        expect([shaped.shape, numbersOf(shaped)]).toEqual([target, values]);
        expect(numbersOf(shaped.reshape(x.shape))).toEqual(values);
      }),
      { seed: 22, numRuns: 300 },
    );
  });

  it("is a view where strides allow it, and a copy where not", () => {
    const x = arange(0, 24).reshape([2, 3, 4]) as Tensor;
    const views: [Tensor, number[]][] = [
      [x, [6, 4]],
      [x, [2, 2, 3, 2]],
      [x.flip(), [24]],
      [x.slice(null, { step: 2 }), [2, 2, 2, 2]],
      [x.transpose(0, 1), [3, 2, 2, 2]],
      [x.unsqueeze(1).expand([2, 5, 3, 4]), [2, 5, 12]],
      [tensor([1, 2]).expand([3, 2]), [3, 1, 2]],
      [x.permute([2, 0, 1]), [4, 6]],
    ];
    for (const [source, shape] of views) {
      expect(source.reshape(shape).storage).toBe(source.storage);
      expect(numbersOf(source.reshape(shape) as Tensor)).toEqual(numbersOf(source));
    }
    const copies: [Tensor, number[]][] = [
      [x.transpose(), [24]],
      [x.slice(null, null, { stop: 3 }), [2, 9]],
      [tensor([1, 2]).expand([3, 2]), [6]],
      [x.flip(1), [24]],
    ];
    for (const [source, shape] of copies) {
      expect(source.reshape(shape).storage).not.toBe(source.storage);
      expect(numbersOf(source.reshape(shape) as Tensor)).toEqual(numbersOf(source));
    }
  });

  it("works out one axis of -1", () => {
    const x = zeros([2, 6]);
    expect(x.reshape([-1]).shape).toEqual([12]);
    expect(x.reshape([3, -1]).shape).toEqual([3, 4]);
    expect(x.reshape([-1, 1, 4]).shape).toEqual([3, 1, 4]);
    expect((zeros([0, 3]) as Tensor).reshape([-1, 3]).shape).toEqual([0, 3]);
    expect(tensor(5).reshape([-1]).shape).toEqual([1]);
    expect(tensor([5]).reshape([]).shape).toEqual([]);
  });

  it("gives the tensor itself for its own shape", () => {
    const x = zeros([2, 6]);
    expect(x.reshape([2, 6])).toBe(x);
    expect(x.reshape([2, -1])).toBe(x);
  });

  it.each([
    [
      [2, 3],
      [4, 2],
    ],
    [
      [2, 3],
      [-1, 4],
    ],
    [
      [2, 3],
      [-1, -1],
    ],
    [
      [2, 3],
      [-2, -3],
    ],
    [
      [2, 3],
      [1.5, 4],
    ],
    [
      [0, 3],
      [-1, 0],
    ],
    [[0, 3], [1]],
    [[], [0]],
  ])("refuses to see %j as %j", (from, to) => {
    const size = sizeOf(from);
    expect(() => (zeros(from) as Tensor).reshape(to)).toThrow(
      expect.objectContaining({
        name: "ShapeMismatchError",
        shapes: [from, to],
        message: `[reshape] cannot see [${from.join(", ")}] (${size} elements) as [${to.join(", ")}]. The axes must multiply to the same number of elements; at most one may be -1.`,
      }),
    );
  });
});

describe("slice", () => {
  // Made with Python: list(range(5)[start:stop:step]).
  it.each([
    [{}, [0, 1, 2, 3, 4]],
    [{ step: -1 }, [4, 3, 2, 1, 0]],
    [{ start: 1, stop: -1 }, [1, 2, 3]],
    [{ start: -2 }, [3, 4]],
    [{ start: -9, stop: 2 }, [0, 1]],
    [{ start: 2, stop: 99, step: 2 }, [2, 4]],
    [{ start: 9, step: -2 }, [4, 2, 0]],
    [{ start: -1, stop: -9, step: -3 }, [4, 1]],
    [{ start: 3, stop: 1 }, []],
    [{ start: 1, stop: 3, step: -1 }, []],
    [{ stop: -9 }, []],
    [{ start: 3, stop: 0, step: -1 }, [3, 2, 1]],
    [{ start: -9, step: -1 }, []],
    [{ step: 7 }, [0]],
  ] as [Range, number[]][])("takes %j of five as Python does", (range, expected) => {
    const x = arange(0, 5);
    expect(x.slice(range).toArray()).toEqual(expected);
    expect(pythonRange(5, range)).toEqual(expected);
    const { start, count, step } = resolveRange("slice", range, 5, 0);
    expect(Array.from({ length: count }, (_, i) => start + i * step)).toEqual(expected);
  });

  it("drops an axis for a number and keeps it for null or nothing", () => {
    const x = arange(0, 6).reshape([2, 3]);
    expect(x.slice(1).toArray()).toEqual([3, 4, 5]);
    expect(x.slice(null, -1).toArray()).toEqual([2, 5]);
    expect(x.slice(-1, 0).item()).toBe(3);
    expect(x.slice().toArray()).toEqual(x.toArray());
  });

  it.each([
    [2, "Give an index from -2 to 1."],
    [-3, "Give an index from -2 to 1."],
    [0.5, "Give an index from -2 to 1."],
    [Number.NaN, "Give an index from -2 to 1."],
  ])("refuses the index %d of an axis of two", (index, remedy) => {
    expect(() => zeros([4, 2]).slice(null, index)).toThrow(
      expect.objectContaining({
        name: "IndexError",
        index,
        size: 2,
        message: `[slice] index ${index} is outside axis 1 of size 2. ${remedy}`,
      }),
    );
  });

  it("refuses any index of an empty axis, steps of 0, fractions, and too many ranges", () => {
    expect(() => zeros([0]).slice(0)).toThrow(
      expect.objectContaining({ message: "[slice] index 0 is outside axis 0 of size 0. The axis is empty." }),
    );
    expect(() => zeros([3]).slice({ step: 0 })).toThrow(
      expect.objectContaining({
        name: "ArgumentError",
        argument: "step",
        message: "[slice] step of axis 0 is 0. Give whole numbers, and a step other than 0.",
      }),
    );
    expect(() => zeros([3]).slice({ start: 0.5 })).toThrow(
      "[slice] start of axis 0 is 0.5. Give whole numbers, and a step other than 0.",
    );
    expect(() => zeros([3]).slice(null, null)).toThrow(
      expect.objectContaining({
        name: "AxisError",
        message:
          "[slice] 2 ranges for a tensor of shape [3]. Give at most 1, one for each axis; null keeps an axis whole.",
      }),
    );
  });
});

describe("permute, transpose, expand, squeeze, unsqueeze and flip", () => {
  it("know their shapes", () => {
    const x = zeros([2, 3, 4]);
    expectTypeOf(x.permute([2, 0, 1])).toEqualTypeOf<Tensor<[4, 2, 3], "float32">>();
    expect(x.permute([2, 0, 1]).shape).toEqual([4, 2, 3]);
    expect(x.transpose().shape).toEqual([2, 4, 3]);
    expect(x.transpose(0, -1).shape).toEqual([4, 3, 2]);
    expect(x.flip([0, -1]).shape).toEqual([2, 3, 4]);
    expect(zeros([1, 2, 1]).squeeze().shape).toEqual([2]);
    expect(zeros([1, 2, 1]).squeeze(0).shape).toEqual([2, 1]);
    expect(zeros([1, 2, 1]).squeeze(1).shape).toEqual([1, 2, 1]);
    expect(tensor(1).expand([2, 2]).shape).toEqual([2, 2]);
  });

  it("flip every axis without an argument, and none for an empty list", () => {
    const x = arange(0, 4).reshape([2, 2]);
    expect(x.flip().toArray()).toEqual([
      [3, 2],
      [1, 0],
    ]);
    expect(x.flip([]).toArray()).toEqual(x.toArray());
  });

  it.each([
    [
      () => (zeros([2, 3]) as Tensor).permute([0]),
      "[permute] axes [0] are no permutation of the axes of [2, 3]. Name each of the 2 axes once.",
    ],
    [
      () => (zeros([2, 3]) as Tensor).permute([0, 0]),
      "[permute] axes [0, 0] are no permutation of the axes of [2, 3]. Name each of the 2 axes once.",
    ],
    [
      () => (zeros([2, 3]) as Tensor).permute([0, 2]),
      "[permute] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    ],
    [
      () => (zeros([3]) as Tensor).transpose(),
      "[transpose] x is [3]. Transposing takes at least two axes; unsqueeze it first.",
    ],
    [
      () => (zeros([2, 3]) as Tensor).transpose(0, 2),
      "[transpose] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    ],
    [
      () => (zeros([2, 3]) as Tensor).expand([2, 4]),
      "[expand] cannot expand [2, 3] to [2, 4]. Axes are aligned at the last one; only an axis of size 1 stretches, and new axes come in front.",
    ],
    [
      () => (zeros([2, 3]) as Tensor).expand([3]),
      "[expand] cannot expand [2, 3] to [3]. Axes are aligned at the last one; only an axis of size 1 stretches, and new axes come in front.",
    ],
    [
      () => (zeros([1]) as Tensor).expand([-2]),
      "[expand] shape [-2] has axis 0 = -2. Every axis must be a whole number of at least 0.",
    ],
    [
      () => (zeros([1]) as Tensor).expand([-1, 1]),
      "[expand] shape [-1, 1] has axis 0 = -1. Every axis must be a whole number of at least 0.",
    ],
    [
      () => (zeros([1]) as Tensor).squeeze(1),
      "[squeeze] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    ],
    [
      () => (zeros([1]) as Tensor).unsqueeze(2),
      "[unsqueeze] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    ],
    [
      () => (zeros([2, 2]) as Tensor).flip([0, -2]),
      "[flip] axis 0 is named twice in [0, -2]. Name each axis once.",
    ],
  ])("say what is wrong %#", (view, message) => {
    expect(view).toThrow(expect.objectContaining({ message }));
  });
});

describe("cast and copy", () => {
  it("cut fractions towards zero, wrap at the ends, and take anything but 0 for true", () => {
    const x = tensor([-1.9, -0.5, 0.5, 1.9, 300.7, Number.NaN], { dtype: "float64" });
    expect(x.cast("int32").toArray()).toEqual([-1, 0, 0, 1, 300, 0]);
    expect(x.cast("uint8").toArray()).toEqual([255, 0, 0, 1, 44, 0]);
    expect(x.cast("bool").toArray()).toEqual([true, true, true, true, true, true]);
    expect(tensor([0, -0]).cast("bool").toArray()).toEqual([false, false]);
    expect(x.cast("float32").toArray()).toEqual([-1.9, -0.5, 0.5, 1.9, 300.7, Number.NaN].map(Math.fround));
    expect(tensor([true, false]).cast("float32").toArray()).toEqual([1, 0]);
  });

  it("bring any layout into row-major order, in any dtype", () => {
    fc.assert(
      fc.property(
        anySample(),
        fc.constantFrom("bool", "uint8", "int32", "float32", "float64"),
        ({ x, values }, to) => {
          const casted = x.cast(to);
          const written = {
            bool: Uint8Array,
            uint8: Uint8Array,
            int32: Int32Array,
            float32: Float32Array,
            float64: Float64Array,
          }[to];
          const expected =
            to === "bool" ? values.map((value) => Number(value !== 0)) : [...written.from(values)];
          expect([casted.dtype, casted.shape, numbersOf(casted)]).toEqual([to, x.shape, expected]);
          if (to === x.dtype) expect(casted).toBe(x);
          else expect(casted.contiguous).toBe(true);
        },
      ),
      { seed: 23, numRuns: 300 },
    );
  });

  it("refuse what is no dtype", () => {
    expect(() => tensor([1]).cast("float16" as "float32")).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message: "[cast] dtype is float16. Give one of bool, uint8, int32, float32, float64.",
      }),
    );
  });

  it("copy only what is scattered where contiguous numbers are wanted", () => {
    const x = arange(0, 6).reshape([2, 3]);
    expect(x.toContiguous()).toBe(x);
    expect(x.transpose().toContiguous().storage).not.toBe(x.storage);
    expect(x.copy().storage).not.toBe(x.storage);
  });
});
