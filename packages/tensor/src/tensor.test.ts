import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anySample,
  broadcasting,
  indicesOf,
  numbersOf,
  sampleOf,
  smallNumber,
  valueAt,
} from "../test/arbitrary-tensors.ts";
import { arange, full, tensor, zeros } from "./create.ts";
import type { AssignOptions, Tensor } from "./tensor.ts";

describe("reading", () => {
  it("gives typed arrays of their own, in row-major order", () => {
    fc.assert(
      fc.property(anySample(), ({ x, values }) => {
        const array = x.toTypedArray();
        expect([...array]).toEqual(values);
        array.fill(1);
        expect([...x.toTypedArray()]).toEqual(values);
        expect([x.rank, x.size]).toEqual([x.shape.length, values.length]);
      }),
      { seed: 71 },
    );
  });

  it("gives nested arrays, and booleans for bool", () => {
    expect(zeros([2, 0]).toArray()).toEqual([[], []]);
    expect(zeros([0, 2]).toArray()).toEqual([]);
    expect(tensor(3).toArray()).toBe(3);
    expect(tensor([[true], [false]]).toArray()).toEqual([[true], [false]]);
  });

  it("gives the one element as a number", () => {
    expect(tensor([[7]]).item()).toBe(7);
    expect(tensor(true as never as number, { dtype: "bool" }).item()).toBe(1);
    expect(arange(0, 5).slice(-2).item()).toBe(3);
    for (const shape of [[2], [0]]) {
      expect(() => (zeros(shape) as Tensor).item()).toThrow(
        expect.objectContaining({
          name: "ShapeMismatchError",
          message: `[item] x is [${shape}] and has ${shape[0]} elements. Only a tensor of one element is a number; use toArray() or reduce it first.`,
        }),
      );
    }
  });

  it("prints the same in a string and in Node's console", () => {
    const x = tensor([[1, 2.5]]);
    expect(`${x}`).toBe("tensor([[1. , 2.5]], dtype=float32)");
    expect(inspect(x)).toBe(String(x));
    expect(inspect({ x })).toBe("{ x: tensor([[1. , 2.5]], dtype=float32) }");
  });
});

describe("assign", () => {
  const anyPair = broadcasting(1).chain(({ parts: [part = []] }) =>
    fc
      .tuple(
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
        fc.constantFrom("int32", "float32", "float64"),
        fc.constantFrom("uint8", "int32", "float32"),
      )
      .chain(([lead, d, e]) => {
        const target = [...lead, ...part.map((size) => (size === 1 ? 3 : size))];
        return fc.tuple(sampleOf(target, d, smallNumber), sampleOf(part, e, smallNumber));
      }),
  );

  it.each(["copy", "add", "sub", "mul"] as const)(
    "in mode %s writes a broadcast source into any layout",
    (mode) => {
      fc.assert(
        fc.property(anyPair, (drawn) => {
          const [target, source] = drawn;
          const untouched = target.x.storage.array?.slice();
          const expected = indicesOf(target.x.shape).map((index) => {
            const [old, value] = [valueAt(target, index), valueAt(source, index)];
            // Adding 0 makes −0 a 0, which integers do not tell apart.
            return { copy: value, add: old + value, sub: old - value, mul: old * value }[mode] + 0;
          });
          expect(target.x.assign(source.x, { mode })).toBe(target.x);
          expect(numbersOf(target.x).map((x) => x + 0)).toEqual(expected);
          expect(numbersOf(source.x)).toEqual(source.values);
          // What lies between the elements of the view stays as it was.
          const changed = (target.x.storage.array ?? []).filter(
            (value, i) => value !== untouched?.[i],
          ).length;
          expect(changed).toBeLessThanOrEqual(target.x.size);
        }),
        { seed: 72, numRuns: 200 },
      );
    },
  );

  it.each(["add", "sub"] as const)("in mode %s multiplies the source by a scale, rounding once", (mode) => {
    const [old, value, factor] = [0.1, 1 / 3, 0.7].map(Math.fround) as [number, number, number];
    const x = tensor([old, old]);
    x.assign(tensor([value, -value]), { mode, scale: tensor(factor) });
    const sign = mode === "add" ? 1 : -1;
    const expected = [old + sign * factor * value, old - sign * factor * value].map(Math.fround);
    expect(x.toArray()).toEqual(expected);
  });

  it.each(["add", "sub"] as const)(
    "in mode %s multiplies the target by a decay, contiguous or not",
    (mode) => {
      const [old, value, kept, factor] = [0.3, 1 / 3, 0.9, 0.7].map(Math.fround) as [
        number,
        number,
        number,
        number,
      ];
      const sign = mode === "add" ? 1 : -1;
      const expected = Math.fround(kept * old + sign * factor * value);
      for (const x of [
        tensor([old, old]),
        tensor([[old], [old]])
          .expand([2, 1])
          .flip(0),
        tensor([old, 9, old]).slice({ step: 2 }),
      ]) {
        x.assign(value, { mode, scale: tensor(factor), decay: tensor(kept) });
        expect(x.reshape([2]).toArray()).toEqual([expected, expected]);
      }
      expect(() => zeros([2]).assign(1, { mode: "copy", decay: tensor(1) })).toThrow(
        "[assign] decay is [] for mode copy on float32. A decay is a 0-d tensor, for mode add or sub, on a floating-point tensor.",
      );
    },
  );

  it("refuses a scale that is no single number, where it means nothing, and on integers", () => {
    const remedy = "A scale is a 0-d tensor, for mode add or sub, on a floating-point tensor.";
    const x = zeros([2]);
    expect(() => x.assign(1, { mode: "add", scale: tensor([2]) })).toThrow(
      `[assign] scale is [1] for mode add on float32. ${remedy}`,
    );
    expect(() => x.assign(1, { mode: "mul", scale: tensor(2) })).toThrow(
      `[assign] scale is [] for mode mul on float32. ${remedy}`,
    );
    expect(() => zeros([2], { dtype: "int32" }).assign(1, { mode: "add", scale: tensor(2) })).toThrow(
      `[assign] scale is [] for mode add on int32. ${remedy}`,
    );
    expect(x.storage.version).toBe(0);
  });

  it("counts writes and remembers the last writer", () => {
    const x = zeros([2]);
    expect([x.storage.version, x.storage.writer]).toEqual([0, ""]);
    x.assign(1);
    expect([x.storage.version, x.storage.writer]).toEqual([1, "assign"]);
    x.slice(0).assign(2, { writer: "SGD", mode: "add" });
    expect([x.storage.version, x.storage.writer, x.toArray()]).toEqual([2, "SGD", [3, 1]]);
    x.add(1);
    expect(x.storage.version).toBe(2);
  });

  it("leaves the target and its version alone when it refuses", () => {
    const x = tensor([1, 2]);
    expect(() => x.assign(zeros([3]))).toThrow("[assign]");
    expect([x.storage.version, x.toArray()]).toEqual([0, [1, 2]]);
  });

  it("reads an overlapping source before it writes", () => {
    const x = arange(0, 5);
    x.slice({ start: 1 }).assign(x.slice({ stop: -1 }));
    expect(x.toArray()).toEqual([0, 0, 1, 2, 3]);
    x.assign(x.flip());
    expect(x.toArray()).toEqual([3, 2, 1, 0, 0]);
    const square = arange(0, 9).reshape([3, 3]);
    square.assign(square.transpose());
    expect(square.toArray()).toEqual([
      [0, 3, 6],
      [1, 4, 7],
      [2, 5, 8],
    ]);
    square.assign(square.slice(0), { mode: "add" });
    expect(square.slice(2).toArray()).toEqual([2, 8, 14]);
    const same = arange(0, 3);
    same.assign(same, { mode: "add" });
    expect(same.toArray()).toEqual([0, 2, 4]);
    same.assign(same, { mode: "sub" });
    expect(same.toArray()).toEqual([0, 0, 0]);
  });

  it("takes numbers, and casts to the target's dtype", () => {
    expect(zeros([2], { dtype: "int32" }).assign(2.9).toArray()).toEqual([2, 2]);
    expect(
      zeros([2], { dtype: "bool" })
        .assign(tensor([0.5, 0]))
        .toArray(),
    ).toEqual([true, false]);
    expect(
      full([1], 5, { dtype: "uint8" })
        .assign(tensor([251]), { mode: "add" })
        .item(),
    ).toBe(0);
    expect(zeros([0]).assign(1).size).toBe(0);
    expect(tensor(1).assign(tensor(4)).item()).toBe(4);
  });

  it.each([
    [
      () => zeros([2]).assign(zeros([3])),
      "[assign] source is [3], target is [2]. Source must have the target's shape or broadcast to it; only axes of size 1 stretch.",
    ],
    [
      () => zeros([2]).assign(zeros([1, 2])),
      "[assign] source is [1, 2], target is [2]. Source must have the target's shape or broadcast to it; only axes of size 1 stretch.",
    ],
    [
      () => zeros([1]).expand([3]).assign(1),
      "[assign] the target is an expanded view, whose elements share memory. Write to a tensor of its own: copy() gives one.",
    ],
    [
      () => tensor([true]).assign(tensor([true]), { mode: "add" }),
      "[assign] mode is add and the target is bool. A bool can only be overwritten.",
    ],
    [
      () => zeros([2]).assign(1, { by: "me" } as AssignOptions),
      '[assign] unknown option "by". Known options: mode, scale, decay, writer.',
    ],
  ])("says what is wrong %#", (write, message) => {
    expect(write).toThrow(expect.objectContaining({ op: "assign", message }));
  });

  it("takes a target without elements", () => {
    const x = zeros([3, 0]);
    expect(x.assign(1).toArray()).toEqual([[], [], []]);
    expect(zeros([0]).expand([3, 0]).assign(1).size).toBe(0);
  });

  it("takes an expanded view of one element an axis", () => {
    const x = zeros([1]).expand([1]);
    expect(x.assign(3).toArray()).toEqual([3]);
  });
});
