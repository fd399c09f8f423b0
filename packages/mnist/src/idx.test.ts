import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeIdx } from "../test/synthetic-digits.ts";
import { gunzipIfNeeded, IdxError, parseIdx } from "./idx.ts";

const idxFile = fc
  .tuple(fc.constantFrom(1, 3), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 5 }))
  .chain(([axes, count, side]) => {
    const shape = axes === 1 ? [count] : [count, side, side];
    const length = shape.reduce((product, axis) => product * axis, 1);
    return fc.uint8Array({ minLength: length, maxLength: length }).map((data) => ({ shape, data }));
  });

/** The error that parsing throws. */
function refusal(bytes: Uint8Array, axes: number): IdxError {
  try {
    parseIdx(bytes, "digits", axes);
  } catch (error) {
    if (error instanceof IdxError) return error;
    throw error;
  }
  throw new Error("parseIdx accepted the bytes");
}

describe("parseIdx", () => {
  it("reads back what was written, plain and gzipped", () => {
    fc.assert(
      fc.property(idxFile, fc.boolean(), ({ shape, data }, gzip) => {
        const bytes = encodeIdx(shape, data);
        const packed = gzip ? new Uint8Array(gzipSync(bytes)) : bytes;
        const parsed = parseIdx(gunzipIfNeeded(packed, "digits"), "digits", shape.length);
        expect(parsed.shape).toEqual(shape);
        expect([...parsed.data]).toEqual([...data]);
      }),
      { seed: 1 },
    );
  });

  it("refuses a file cut anywhere, and a file with bytes too many", () => {
    fc.assert(
      fc.property(idxFile, fc.nat(), fc.integer({ min: 1, max: 9 }), ({ shape, data }, place, more) => {
        const bytes = encodeIdx(shape, data);
        expect(refusal(bytes.subarray(0, place % bytes.length), shape.length).message).toContain("is cut");
        const longer = new Uint8Array(bytes.length + more);
        longer.set(bytes);
        expect(refusal(longer, shape.length).message).toContain("bytes after the last element");
      }),
      { seed: 2 },
    );
  });

  it("reads a file that lies inside a larger buffer", () => {
    const outer = new Uint8Array(20);
    outer.set(encodeIdx([2], Uint8Array.of(7, 8)), 5);
    expect(parseIdx(outer.subarray(5, 15), "digits", 1)).toEqual({ shape: [2], data: Uint8Array.of(7, 8) });
  });

  it("says how long a cut file should be", () => {
    const bytes = encodeIdx([2, 28, 28], new Uint8Array(2 * 784)).subarray(0, 1000);
    expect(refusal(bytes, 3)).toMatchObject({
      file: "digits",
      expected: "1584 bytes for shape [2, 28, 28]",
      found: "1000 bytes",
      message:
        "[readIdx] file is cut: digits: expected 1584 bytes for shape [2, 28, 28], found 1000 bytes. " +
        "Take the original file again; it was cut, changed or is not an IDX file.",
    });
  });

  it("names what it found instead of the magic number", () => {
    expect(refusal(Uint8Array.of(0x3c, 0x68, 0x74, 0x6d), 3).message).toBe(
      "[readIdx] not an IDX file: digits: expected magic number 00 00 08 03 (uint8, 3 axes), found 3c 68 74 6d. " +
        "Take the original file again; it was cut, changed or is not an IDX file.",
    );
  });

  it("names another element type", () => {
    expect(refusal(Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), 1).message).toBe(
      "[readIdx] wrong element type: digits: expected magic number 00 00 08 01 (uint8, 1 axis), " +
        "found 00 00 0d 01 (float32). Save the pixels or labels as uint8.",
    );
  });

  it("suspects an exchange when labels stand where images should", () => {
    expect(refusal(encodeIdx([2], Uint8Array.of(1, 2)), 3).message).toBe(
      "[readIdx] wrong number of axes: digits: expected magic number 00 00 08 03 (uint8, 3 axes), " +
        "found 00 00 08 01 (1 axes). Images need 3 axes and labels 1; the two files may have been exchanged.",
    );
  });

  it("is not misled by lengths whose product is beyond any file", () => {
    const bytes = encodeIdx([0xffffffff, 0xffffffff, 0xffffffff], new Uint8Array(0));
    expect(refusal(bytes, 3).message).toContain("file is cut");
  });
});

describe("gunzipIfNeeded", () => {
  it("refuses a gzip stream that is cut", () => {
    const packed = gzipSync(encodeIdx([100], new Uint8Array(100).fill(3))).subarray(0, 20);
    expect(() => gunzipIfNeeded(packed, "digits.gz")).toThrow(
      "[readIdx] cannot unpack gzip: digits.gz: expected a whole gzip stream, found unexpected end of file.",
    );
  });
});
