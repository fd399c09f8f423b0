import { describe, expect, test } from "vitest";
import { messageOf } from "../test/message-of.ts";
import { i32Atomic } from "./atomics.ts";
import { constant } from "./expression.ts";
import { f32, i32 } from "./scalar.ts";
import { f32x4, i8x16, v128 } from "./simd.ts";

const zero = constant("v128", new Uint8Array(16));

describe("immediates", () => {
  test.each<[string, string, () => unknown]>([
    [
      "a lane out of range",
      "[f32x4.extract_lane] lanes [4] do not fit. Pass a lane from 0 to 3.",
      () => f32x4.extract_lane(zero, 4),
    ],
    [
      "no lane",
      "[f32x4.extract_lane] lanes [] do not fit. Pass a lane from 0 to 3.",
      () => f32x4.extract_lane(zero, undefined as never),
    ],
    [
      "a lane that is no integer",
      "[i8x16.replace_lane] lanes [1.5] do not fit. Pass a lane from 0 to 15.",
      () => i8x16.replace_lane(zero, 1, 1.5),
    ],
    [
      "too few lanes of a shuffle",
      "[i8x16.shuffle] lanes [0,1] do not fit. Pass 16 lanes from 0 to 31.",
      () => i8x16.shuffle(zero, zero, [0, 1]),
    ],
    [
      "an alignment above the natural one",
      "[f32.load] alignment 8 does not fit. Pass a power of two of at most 4 bytes, or leave it out.",
      () => f32.load(0, 0, 8),
    ],
    [
      "an alignment that is no power of two",
      "[v128.load] alignment 3 does not fit. Pass a power of two of at most 16 bytes, or leave it out.",
      () => v128.load(0, 0, 3),
    ],
    [
      "a lower alignment of an atomic",
      "[i32.atomic.load] alignment 2 does not fit. Pass exactly 4 bytes, or leave it out.",
      () => i32Atomic.load(0, 0, 2),
    ],
    [
      "a negative offset",
      "[i32.store] offset -4 does not fit. Pass an integer from 0 to 2³²−1; move the address for less.",
      () => i32.store(0, 1, -4),
    ],
  ])("%s", (_title, message, wrong) => {
    expect(messageOf(wrong)).toBe(message);
  });

  test("offset and alignment come before the lane in the encoding, after it among the arguments", () => {
    const { bytes, text } = v128.load32_lane(0, zero, 3, 300, 2);
    expect(bytes).toEqual([1, 0xac, 2, 3]);
    expect(text).toBe("offset=300 align=2 3");
  });
});

describe("constants", () => {
  test.each<[string, string, () => unknown]>([
    [
      "a fraction as i32",
      "[i32.const] 1.5 is not a constant of this type. Pass an integer from −2³¹ to 2³²−1.",
      () => i32.add(1.5, 2),
    ],
    [
      "an i32 out of range",
      "[i32.const] 4294967296 is not a constant of this type. Pass an integer from −2³¹ to 2³²−1.",
      () => constant("i32", 2 ** 32),
    ],
    [
      "an i64 out of range",
      "[i64.const] 18446744073709551616 is not a constant of this type. Pass a bigint of 64 bits.",
      () => constant("i64", 2n ** 64n),
    ],
    [
      "a number as i64",
      "[i64.const] 1 is not a constant of this type. Pass a bigint of 64 bits.",
      () => constant("i64", 1 as never),
    ],
    [
      "too few bytes",
      "[v128.const] 1,2 is not a constant of this type. Pass 16 bytes.",
      () => constant("v128", new Uint8Array([1, 2])),
    ],
    [
      "a string as f32",
      "[f32.const] x is not a constant of this type. Pass a number.",
      () => constant("f32", "x" as never),
    ],
  ])("%s", (_title, message, wrong) => {
    expect(messageOf(wrong)).toBe(message);
  });

  test.each([
    [constant("i32", 2 ** 32 - 1).bytes, [0x7f]],
    [constant("i64", 2n ** 64n - 1n).bytes, [0x7f]],
    [constant("f32", -0).bytes, [0, 0, 0, 0x80]],
    [constant("f64", 1).bytes, [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]],
    [
      constant("v128", new Float32Array([1, 0, 0, 1])).bytes,
      [0, 0, 0x80, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f],
    ],
  ])("are encoded little-endian: %j", (bytes, expected) => {
    expect(bytes).toEqual(expected);
  });
});
