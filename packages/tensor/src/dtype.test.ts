import { describe, expect, expectTypeOf, it } from "vitest";
import {
  allocate,
  bytesPerElement,
  canHold,
  checkDType,
  checkHolds,
  type DType,
  dtypeOf,
  dtypes,
  isFloat,
  type Promote,
  promote,
  type ToFloat,
  toFloat,
} from "./dtype.ts";

describe("dtypes", () => {
  it("come in the order of promotion, and meet in the later one", () => {
    expect(dtypes).toEqual(["bool", "uint8", "int32", "float32", "float64"]);
    for (const [i, a] of dtypes.entries()) {
      for (const [j, b] of dtypes.entries()) expect(promote(a, b)).toBe(dtypes[Math.max(i, j)]);
    }
  });

  it("meet at the level of types as they do at run time", () => {
    expectTypeOf<Promote<"bool", "uint8">>().toEqualTypeOf<"uint8">();
    expectTypeOf<Promote<"int32", "float32">>().toEqualTypeOf<"float32">();
    expectTypeOf<Promote<"float64", "float32">>().toEqualTypeOf<"float64">();
    expectTypeOf<Promote<"int32", "int32">>().toEqualTypeOf<"int32">();
    expectTypeOf<Promote<DType, "int32">>().toEqualTypeOf<DType>();
    expectTypeOf<ToFloat<"uint8">>().toEqualTypeOf<"float32">();
    expectTypeOf<ToFloat<"float64">>().toEqualTypeOf<"float64">();
    expect(dtypes.map(toFloat)).toEqual(["float32", "float32", "float32", "float32", "float64"]);
    expect(dtypes.filter(isFloat)).toEqual(["float32", "float64"]);
  });

  it("have their arrays", () => {
    expect(dtypes.map((dtype) => allocate(dtype, 2))).toEqual([
      new Uint8Array(2),
      new Uint8Array(2),
      new Int32Array(2),
      new Float32Array(2),
      new Float64Array(2),
    ]);
    for (const dtype of dtypes) expect(bytesPerElement(dtype)).toBe(allocate(dtype, 1).byteLength);
    for (const dtype of dtypes)
      expect(dtypeOf("tensor", allocate(dtype, 1))).toBe(dtype === "bool" ? "uint8" : dtype);
    expect(() => dtypeOf("tensor", new BigInt64Array(1) as never)).toThrow(
      expect.objectContaining({ name: "DTypeError", dtype: "BigInt64Array" }),
    );
  });

  it.each([
    ["bool", [0, 1, -0], [2, 0.5, -1, Number.NaN]],
    ["uint8", [0, 255, -0], [256, -1, 0.5, Number.NaN, Infinity]],
    ["int32", [2147483647, -2147483648, -0], [2147483648, -2147483649, 0.5, Number.NaN, Infinity]],
    ["float32", [0.1, 1e300, Number.NaN, Infinity], []],
    ["float64", [0.1, 1e300, Number.NaN, Infinity], []],
  ] as [DType, number[], number[]][])("%s holds %j and not %j", (dtype, held, refused) => {
    for (const value of held) expect(canHold(dtype, value)).toBe(true);
    for (const value of held) expect(() => checkHolds("add", dtype, value)).not.toThrow();
    for (const value of refused) expect(canHold(dtype, value)).toBe(false);
    for (const value of refused)
      expect(() => checkHolds("add", dtype, value)).toThrow(`[add] the number ${value}`);
  });

  it("are checked where a program without types hands one in", () => {
    for (const dtype of dtypes) expect(() => checkDType("zeros", dtype)).not.toThrow();
    expect(() => checkDType("zeros", "half" as DType)).toThrow(
      expect.objectContaining({
        name: "DTypeError",
        message: "[zeros] dtype is half. Give one of bool, uint8, int32, float32, float64.",
      }),
    );
  });
});
