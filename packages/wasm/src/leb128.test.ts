import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signedLeb128, unsignedLeb128 } from "./leb128.ts";

/** Decodes as the specification says, over bigints. */
function decode(bytes: readonly number[], signed: boolean): bigint {
  const value = bytes.reduceRight((rest, byte) => (rest << 7n) | BigInt(byte & 0x7f), 0n);
  return signed ? BigInt.asIntN(7 * bytes.length, value) : value;
}

describe("LEB128", () => {
  test.each([
    [0, [0]],
    [1, [1]],
    [127, [0x7f]],
    [128, [0x80, 1]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 8]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("unsigned %i", (value, bytes) => {
    expect(unsignedLeb128(value)).toEqual(bytes);
  });

  test.each([
    [0, [0]],
    [-1, [0x7f]],
    [63, [0x3f]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [127, [0xff, 0]],
    [128, [0x80, 1]],
    [-128, [0x80, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 7]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
    [2n ** 63n - 1n, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0]],
    [-(2n ** 63n), [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]],
  ])("signed %s", (value, bytes) => {
    expect(signedLeb128(value)).toEqual(bytes);
  });

  test("decodes to what was encoded, in as few bytes as can be", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const bytes = signedLeb128(value);
        expect(decode(bytes, true)).toBe(value);
        expect(bytes.length === 1 || decode(bytes.slice(0, -1), true) !== value).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        expect(decode(unsignedLeb128(value), false)).toBe(BigInt(value));
      }),
    );
  });
});
