import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anySample } from "../test/arbitrary-tensors.ts";
import { arange, eye, fromTypedArray, full, linspace, oneHot, ones, tensor, zeros } from "./create.ts";
import type { DType } from "./dtype.ts";
import type { Tensor } from "./tensor.ts";

describe("tensor", () => {
  it("reads numbers, booleans and nested arrays", () => {
    expect([tensor(5).shape, tensor(5).dtype, tensor(5).item()]).toEqual([[], "float32", 5]);
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([x.shape, x.dtype, x.contiguous]).toEqual([[2, 3], "float32", true]);
    expect(tensor([[[true], [false]]]).dtype).toBe("bool");
    expect(tensor([[[true], [false]]]).shape).toEqual([1, 2, 1]);
    expect([tensor([]).shape, tensor([]).dtype]).toEqual([[0], "float32"]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
    expect(tensor([true, 2, 0.5] as number[]).toArray()).toEqual([1, 2, 0.5]);
  });

  it("copies typed arrays and takes their dtype", () => {
    for (const [array, dtype] of [
      [new Float32Array([1, 2]), "float32"],
      [new Float64Array([1, 2]), "float64"],
      [new Int32Array([1, 2]), "int32"],
      [new Uint8Array([1, 2]), "uint8"],
    ] as const) {
      const x = tensor(array);
      array[0] = 9;
      expect([x.dtype, x.toArray()]).toEqual([dtype, [1, 2]]);
    }
    expect(tensor(new Uint8Array([0, 7]), { dtype: "bool" }).toTypedArray()).toEqual(Uint8Array.of(0, 1));
    expect(tensor(new Float32Array(6), { shape: [2, 3] }).shape).toEqual([2, 3]);
    expect(tensor([1, 2, 3, 4], { shape: [2, 2] }).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("comes back from toArray the same", () => {
    fc.assert(
      fc.property(anySample(), ({ x }) => {
        fc.pre(x.size > 0);
        const again = tensor(x.toArray() as number[], { dtype: x.dtype });
        expect([again.shape, again.dtype, again.toArray()]).toEqual([x.shape, x.dtype, x.toArray()]);
      }),
      { seed: 61 },
    );
  });

  it.each([
    [
      [[1, 2], [3]],
      "[tensor] data is ragged: expected 2 elements at depth 1, found 1 elements. All arrays at one depth must have one length, and hold numbers or booleans at the innermost.",
    ],
    [
      [1, [2]],
      "[tensor] data is ragged: expected a number at depth 1, found 1 elements. All arrays at one depth must have one length, and hold numbers or booleans at the innermost.",
    ],
    [
      [[1], 2],
      "[tensor] data is ragged: expected 1 elements at depth 1, found a number. All arrays at one depth must have one length, and hold numbers or booleans at the innermost.",
    ],
    [
      ["1"],
      "[tensor] data is ragged: expected a number at depth 1, found string. All arrays at one depth must have one length, and hold numbers or booleans at the innermost.",
    ],
  ])("refuses %j", (data, message) => {
    expect(() => tensor(data as number[])).toThrow(
      expect.objectContaining({ name: "ShapeMismatchError", message }),
    );
  });

  it.each([
    [
      () => tensor([1, 2, 3], { shape: [2, 2] }),
      "[tensor] shape [2, 2] holds 4 elements, data has 3. Give a shape whose axes multiply to the number of elements.",
    ],
    [
      () => tensor([1.5], { dtype: "int32" }),
      "[tensor] int32 cannot hold the number 1.5. Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).",
    ],
    [
      () => tensor([256], { dtype: "uint8" }),
      "[tensor] uint8 cannot hold the number 256. Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).",
    ],
    [
      () => tensor([1], { dtype: "float16" as DType }),
      "[tensor] dtype is float16. Give one of bool, uint8, int32, float32, float64.",
    ],
    [
      () => tensor([1], { device: "gpu" } as object),
      '[tensor] unknown option "device". Known options: shape, dtype.',
    ],
    [
      () => tensor(Object.assign(new Int16Array(1)) as never),
      "[tensor] data is a Int16Array. Give a Float32Array, Float64Array, Int32Array or Uint8Array, for example with Float32Array.from(data).",
    ],
  ])("says what is wrong %#", (make, message) => {
    expect(make).toThrow(expect.objectContaining({ op: "tensor", message }));
  });
});

describe("fromTypedArray", () => {
  it("looks into the array, and both see writes", () => {
    const array = new Float32Array([1, 2, 3, 4]);
    const x = fromTypedArray(array, [2, 2]);
    array[0] = 9;
    expect(x.toArray()).toEqual([
      [9, 2],
      [3, 4],
    ]);
    x.assign(0);
    expect([...array]).toEqual([0, 0, 0, 0]);
    expect(fromTypedArray(new Int32Array(3)).shape).toEqual([3]);
  });

  it("refuses a shape of another size", () => {
    expect(() => fromTypedArray(new Float32Array(3), [2])).toThrow(
      expect.objectContaining({
        message:
          "[fromTypedArray] shape [2] holds 2 elements, data has 3. Give a shape whose axes multiply to the number of elements.",
      }),
    );
  });
});

describe("zeros, ones and full", () => {
  it.each(["bool", "uint8", "int32", "float32", "float64"] as const)("fill any shape in %s", (dtype) => {
    for (const shape of [[], [0], [3], [2, 0, 2], [2, 3]]) {
      const made = [zeros(shape, { dtype }), ones(shape, { dtype }), full(shape, 1, { dtype })];
      expect(made.map((x) => [x.shape, x.dtype])).toEqual(made.map(() => [shape, dtype]));
      expect(made.map((x) => [...x.toTypedArray()])).toEqual(
        [0, 1, 1].map((value) => Array(made[0]?.size).fill(value)),
      );
    }
  });

  it("are float32 without a dtype, and keep NaN and -0", () => {
    expect([zeros([1]).dtype, ones([1]).dtype, full([1], 2).dtype]).toEqual([
      "float32",
      "float32",
      "float32",
    ]);
    expect(full([2], Number.NaN).toArray()).toEqual([Number.NaN, Number.NaN]);
    expect(full([1], -0).item()).toBe(-0);
    expect(full([1], 0.1).item()).toBe(Math.fround(0.1));
  });

  it.each([
    [
      () => zeros([2, -1]),
      "[zeros] shape [2, -1] has axis 1 = -1. Every axis must be a whole number of at least 0.",
    ],
    [
      () => full([1], 0.5, { dtype: "int32" }),
      "[full] int32 cannot hold the number 0.5. Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).",
    ],
    [
      () => full([1], 2, { dtype: "bool" }),
      "[full] bool cannot hold the number 2. Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).",
    ],
    [
      () => ones([1], { dtype: "double" as DType }),
      "[ones] dtype is double. Give one of bool, uint8, int32, float32, float64.",
    ],
    [() => ones([1], { type: "int32" } as object), '[ones] unknown option "type". Known options: dtype.'],
  ])("say what is wrong %#", (make, message) => {
    expect(make).toThrow(expect.objectContaining({ message }));
  });
});

describe("arange", () => {
  // Made with numpy.arange.
  it.each([
    [[5], [0, 1, 2, 3, 4]],
    [
      [2, 5],
      [2, 3, 4],
    ],
    [[5, 2], []],
    [
      [5, 2, -1],
      [5, 4, 3],
    ],
    [
      [0, 1, 0.25],
      [0, 0.25, 0.5, 0.75],
    ],
    [
      [-1, 1, 1.5],
      [-1, 0.5],
    ],
    [[3, 3], []],
    [
      [0, 7, 3],
      [0, 3, 6],
    ],
  ])("of %j is %j", (args, expected) => {
    const [start = 0, stop, step] = args;
    expect(arange(start, stop, step).toArray()).toEqual(expected);
  });

  it("counts down and up in whole numbers", () => {
    expect(arange(3, 0, -1, { dtype: "uint8" }).toArray()).toEqual([3, 2, 1]);
    expect(arange(0, 2, 1, { dtype: "bool" }).toArray()).toEqual([false, true]);
    expect(arange(2147483646, 2147483648, 1, { dtype: "int32" }).toArray()).toEqual([2147483646, 2147483647]);
    expect(arange(0, 1, 0.1, { dtype: "float64" }).toTypedArray()[3]).toBe(0.1 * 3);
  });

  it.each([
    [
      () => arange(0, 5, 0),
      "[arange] cannot count from 0 to 5 in steps of 0. Give finite bounds and a step other than 0.",
    ],
    [
      () => arange(Infinity),
      "[arange] cannot count from 0 to Infinity in steps of 1. Give finite bounds and a step other than 0.",
    ],
    [
      () => arange(0, 2, 0.5, { dtype: "int32" }),
      "[arange] int32 cannot hold the number 0.5. Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).",
    ],
    [
      () => arange(0, 300, 1, { dtype: "uint8" }),
      "[arange] uint8 cannot hold the number 299. Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).",
    ],
    [
      () => arange(-1, 2, 1, { dtype: "uint8" }),
      "[arange] uint8 cannot hold the number -1. Use a dtype that holds it (float32 holds fractions, int32 whole numbers below 2^31).",
    ],
  ])("says what is wrong %#", (make, message) => {
    expect(make).toThrow(expect.objectContaining({ message }));
  });
});

describe("linspace", () => {
  it("spaces numbers evenly and hits both ends exactly", () => {
    expect(linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linspace(1, -1, 3).toArray()).toEqual([1, 0, -1]);
    expect(linspace(2, 9, 1).toArray()).toEqual([2]);
    expect(linspace(2, 9, 0).toArray()).toEqual([]);
    const x = linspace(0, 0.7, 8, { dtype: "float64" }).toTypedArray();
    expect([x[0], x[7]]).toEqual([0, 0.7]);
  });

  it.each([
    [
      () => linspace(0, 1, -1),
      "[linspace] cannot put -1 numbers between 0 and 1. Give finite bounds and a whole count of at least 0.",
    ],
    [
      () => linspace(0, Infinity, 3),
      "[linspace] cannot put 3 numbers between 0 and Infinity. Give finite bounds and a whole count of at least 0.",
    ],
    [
      () => linspace(0, 1, 3, { dtype: "int32" as "float32" }),
      "[linspace] dtype is int32. Give float32 or float64; arange counts in whole steps.",
    ],
  ])("says what is wrong %#", (make, message) => {
    expect(make).toThrow(expect.objectContaining({ message }));
  });
});

describe("eye and oneHot", () => {
  it("have ones on the diagonal", () => {
    expect(eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(eye(2, 3, { dtype: "int32" }).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(eye(3, 1).toArray()).toEqual([[1], [0], [0]]);
    expect([eye(0).shape, eye(2, 0).shape]).toEqual([
      [0, 0],
      [2, 0],
    ]);
    expect(() => eye(-1)).toThrow("[eye] shape [-1, -1] has axis 0 = -1.");
  });

  it("have a one at the label, and none for a label outside", () => {
    const labels = tensor(
      [
        [0, 2],
        [1, 5],
      ],
      { dtype: "int32" },
    );
    const hot = oneHot(labels, 3);
    expect([hot.shape, hot.dtype]).toEqual([[2, 2, 3], "float32"]);
    expect(hot.toArray()).toEqual([
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
      [
        [0, 1, 0],
        [0, 0, 0],
      ],
    ]);
    expect(oneHot(tensor(1, { dtype: "uint8" }), 2, { dtype: "bool" }).toArray()).toEqual([false, true]);
    expect(oneHot(tensor([0], { dtype: "uint8" }), 0).shape).toEqual([1, 0]);
  });

  it("take no fractions as labels", () => {
    expect(() => oneHot(tensor([1]) as Tensor, 3)).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message:
          '[oneHot] labels are float32. Give class numbers as int32 or uint8, for example with cast("int32").',
      }),
    );
  });
});
