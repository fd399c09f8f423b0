import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyShape, broadcasting } from "../test/arbitrary-tensors.ts";
import {
  broadcastAxes,
  broadcastShapes,
  checkShape,
  contiguousStrides,
  formatShape,
  isContiguous,
  normalizeAxes,
  normalizeAxis,
  reducedShape,
  sameShape,
  sizeOf,
} from "./shape.ts";

describe("sizes and strides", () => {
  it.each([
    [[], 1, []],
    [[5], 5, [1]],
    [[2, 3, 4], 24, [12, 4, 1]],
    [[2, 0, 4], 0, [0, 4, 1]],
    [[1, 1], 1, [1, 1]],
  ])("of %j are %i and %j", (shape, size, strides) => {
    expect(sizeOf(shape)).toBe(size);
    expect(contiguousStrides(shape)).toEqual(strides);
    expect(isContiguous(shape, strides)).toBe(true);
  });

  it("tell contiguous from scattered", () => {
    expect(isContiguous([2, 3], [1, 2])).toBe(false);
    expect(isContiguous([2, 3], [6, 2])).toBe(false);
    expect(isContiguous([2, 3], [-3, 1])).toBe(false);
    expect(isContiguous([2, 1, 3], [3, 99, 1])).toBe(true);
    expect(isContiguous([1, 3], [-5, 1])).toBe(true);
    expect(isContiguous([0, 3], [7, 7])).toBe(true);
    expect(isContiguous([3], [0])).toBe(false);
  });
});

describe("sameShape and formatShape", () => {
  it("compare axis by axis", () => {
    expect(sameShape([2, 3], [2, 3])).toBe(true);
    expect(sameShape([2, 3], [3, 2])).toBe(false);
    expect(sameShape([2], [2, 1])).toBe(false);
    expect(formatShape([])).toBe("[]");
    expect(formatShape([64, 784])).toBe("[64, 784]");
  });
});

describe("checkShape", () => {
  it.each([-1, 1.5, Number.NaN, Infinity, 2 ** 53])("refuses an axis of %d", (size) => {
    expect(() => checkShape("zeros", [2, size])).toThrow(
      expect.objectContaining({
        name: "ShapeMismatchError",
        message: `[zeros] shape [2, ${size}] has axis 1 = ${size}. Every axis must be a whole number of at least 0.`,
      }),
    );
  });
});

describe("axes", () => {
  it("count from the back when negative", () => {
    expect(normalizeAxis("sum", 1, 3)).toBe(1);
    expect(normalizeAxis("sum", -1, 3)).toBe(2);
    expect(normalizeAxis("sum", -3, 3)).toBe(0);
    expect(normalizeAxes("sum", [-1, 0], 3)).toEqual([0, 2]);
    expect(normalizeAxes("sum", undefined, 3)).toEqual([0, 1, 2]);
    expect(normalizeAxes("sum", [], 3)).toEqual([]);
  });

  it("of a 0-d tensor are 0 or -1 in a reduction, as if it had one", () => {
    expect(normalizeAxes("sum", 0, 0)).toEqual([]);
    expect(normalizeAxes("sum", -1, 0)).toEqual([]);
    expect(() => normalizeAxes("sum", 1, 0)).toThrow("[sum] axis 1 is outside a tensor of rank 1.");
  });

  it.each([3, -4, 0.5, Number.NaN])("refuse %d of three", (axis) => {
    expect(() => normalizeAxis("sum", axis, 3)).toThrow(
      expect.objectContaining({
        name: "AxisError",
        axis,
        rank: 3,
        message: `[sum] axis ${axis} is outside a tensor of rank 3. Give an axis from -3 to 2.`,
      }),
    );
  });

  it("refuse any of none, and one twice", () => {
    expect(() => normalizeAxis("flip", 0, 0)).toThrow(
      expect.objectContaining({
        message: "[flip] axis 0 is outside a tensor of rank 0. A 0-d tensor has no axes.",
      }),
    );
    expect(() => normalizeAxes("sum", [1, -2], 3)).toThrow(
      expect.objectContaining({ message: "[sum] axis 1 is named twice in [1, -2]. Name each axis once." }),
    );
  });
});

describe("broadcasting", () => {
  it.each([
    [[], [], []],
    [[3], [], [3]],
    [[2, 1], [3], [2, 3]],
    [
      [1, 0],
      [4, 1],
      [4, 0],
    ],
    [
      [5, 1, 7],
      [6, 1],
      [5, 6, 7],
    ],
  ])("of %j and %j is %j", (a, b, shape) => {
    expect(broadcastShapes("add", a, b)).toEqual(shape);
    expect(broadcastShapes("add", b, a)).toEqual(shape);
  });

  it("meets in the shape that both stretch to", () => {
    fc.assert(
      fc.property(broadcasting(2), ({ shape, parts: [a = [], b = []] }) => {
        expect(broadcastShapes("add", a, b)).toEqual(shape);
      }),
      { seed: 1 },
    );
  });

  it("names both shapes and the axes that differ", () => {
    expect(() => broadcastShapes("mul", [2, 3, 4], [2, 4])).toThrow(
      expect.objectContaining({
        name: "ShapeMismatchError",
        shapes: [
          [2, 3, 4],
          [2, 4],
        ],
        message:
          "[mul] shapes do not broadcast: a is [2, 3, 4] (axis 1 = 3), b is [2, 4] (axis 0 = 2). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
      }),
    );
  });

  it("names the axes along which a tensor was repeated", () => {
    expect(broadcastAxes([2, 3, 4], [3, 4])).toEqual([0]);
    expect(broadcastAxes([2, 3, 4], [1, 4])).toEqual([0, 1]);
    expect(broadcastAxes([2, 1], [2, 1])).toEqual([]);
    expect(broadcastAxes([0, 3], [1, 3])).toEqual([0]);
    expect(broadcastAxes([2, 3], [])).toEqual([0, 1]);
  });
});

describe("reducedShape", () => {
  it("drops axes or keeps them as 1", () => {
    fc.assert(
      fc.property(anyShape(4), fc.array(fc.nat(3), { maxLength: 4 }), (shape, wanted) => {
        const axes = normalizeAxes(
          "sum",
          [...new Set(wanted)].filter((axis) => axis < shape.length),
          Math.max(shape.length, 1),
        ).filter((axis) => axis < shape.length);
        const kept = reducedShape(shape, axes, true);
        expect(kept).toHaveLength(shape.length);
        expect(sizeOf(kept)).toBe(sizeOf(reducedShape(shape, axes, false)));
        for (const axis of axes) expect(kept[axis]).toBe(1);
        expect(reducedShape(shape, axes, false)).toHaveLength(shape.length - axes.length);
      }),
      { seed: 2 },
    );
  });
});
