import fc from "fast-check";
import { describe, expect, it } from "vitest";
import rows from "../test/fixtures/npy.json" with { type: "json" };
import refused from "../test/fixtures/npy-refused.json" with { type: "json" };
import { arange, tensor, zeros } from "./create.ts";
import type { DType } from "./dtype.ts";
import { FormatError } from "./errors.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { parseNpyHeader } from "./npy-header.ts";

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, "base64"));

/** The error that `decodeNpy` throws. */
function refusal(bytes: Uint8Array): unknown {
  try {
    decodeNpy(bytes);
  } catch (error) {
    return error;
  }
  return null;
}

function fileOf(header: string, numbers: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  return Uint8Array.of(
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    text.length % 256,
    text.length >> 8,
    ...text,
    ...numbers,
  );
}

const small = encodeNpy(tensor([1, 2, 3]));

describe("decodeNpy", () => {
  it.each(rows.map((row) => [row.name, row] as const))("reads NumPy's file %s", (_name, row) => {
    const x = decodeNpy(bytesOf(row.file));
    expect(x.shape).toEqual(row.shape);
    expect(x.dtype).toBe(row.dtype);
    expect(x.contiguous).toBe(true);
    expect(new Uint8Array(x.toTypedArray().buffer)).toEqual(bytesOf(row.data));
  });

  it("reads a file that does not start at the start of its buffer", () => {
    const shifted = new Uint8Array(small.length + 3);
    shifted.set(small, 3);
    expect(decodeNpy(shifted.subarray(3)).toArray()).toEqual([1, 2, 3]);
  });

  it("copies: a later write into the bytes is not seen", () => {
    const bytes = small.slice();
    const x = decodeNpy(bytes);
    bytes.fill(0);
    expect(x.toArray()).toEqual([1, 2, 3]);
  });

  it("reads any byte but 0 as true", () => {
    expect(
      decodeNpy(fileOf("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}", [0, 1, 7])).toTypedArray(),
    ).toEqual(Uint8Array.of(0, 1, 1));
  });

  it.each(refused.map((row) => [row.descr, row.file] as const))(
    "refuses numbers of type %s",
    (descr, file) => {
      const error = refusal(bytesOf(file));
      expect(error).toBeInstanceOf(FormatError);
      expect(error).toHaveProperty(
        "message",
        descr === "fields"
          ? "[decodeNpy] the file holds records with fields. Save each field as an array of its own."
          : `[decodeNpy] the file holds numbers of type '${descr}'. f4, f8, i4, u1 and b1 are read; convert it in NumPy, for example with x.astype('float32').`,
      );
    },
  );

  it("refuses a file that is cut short or too long, and says by how much", () => {
    for (const bytes of [small.subarray(0, -1), Uint8Array.of(...small, 0)]) {
      expect(refusal(bytes)).toHaveProperty(
        "message",
        `[decodeNpy] the header announces float32 of shape [3], 12 bytes, but ${bytes.length - 128} follow. The file is cut short or has something behind it; write it again.`,
      );
    }
  });

  it("refuses a file cut at any place, always by a FormatError", () => {
    for (let length = 0; length < small.length; length++) {
      expect(refusal(small.subarray(0, length))).toBeInstanceOf(FormatError);
    }
  });

  it("refuses other files and versions", () => {
    expect(refusal(new TextEncoder().encode("PK\u0003\u0004 a zip of arrays"))).toHaveProperty(
      "message",
      "[decodeNpy] the bytes do not start as a .npy file does. Give the bytes of a .npy file.",
    );
    const future = small.slice();
    future[6] = 4;
    expect(refusal(future)).toHaveProperty(
      "message",
      "[decodeNpy] the file has version 4.0. Versions 1.0, 2.0 and 3.0 are read; numpy.save writes them.",
    );
  });

  it("refuses header length beyond the file", () => {
    const bytes = small.slice();
    bytes[9] = 255;
    expect(refusal(bytes)).toHaveProperty(
      "message",
      "[decodeNpy] the file ends within its header. It is cut short; write it again.",
    );
  });

  it.each([
    ["", "expected { and found the end"],
    ["{", "expected a key in quotes and found the end"],
    ["{}", "its keys are missing"],
    ["{'descr': '<f4', 'fortran_order': False}", "its keys are descr, fortran_order"],
    ["{'descr': '<f4', 'descr': '<f4'}", "the key 'descr' stands twice"],
    ["{'descr': '<f4', 'size': 3}", "the key 'size' is unknown"],
    ["{'__proto__': '<f4'}", "the key '__proto__' is unknown"],
    ["{'descr': __import__('os')}", `expected a type in quotes and found "__import__('os')}"`],
    ["{'fortran_order': 1}", 'expected True or False and found "1}"'],
    ["{'shape': 3}", 'expected ( and found "3}"'],
    ["{'shape': (3,-1)}", 'expected a whole number and found "-1)}"'],
    ["{'shape': (3 4)}", 'expected ) or a comma and found "4)}"'],
    ["{'shape': (99999999999999999999,)}", "axis 0 of the shape is 100000000000000000000"],
    ["{'shape': (9007199254740991, 2)}", "the shape [9007199254740991, 2] holds too many elements"],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", 'something follows the dict: "x"'],
    ["{'descr': '<f4' 'fortran_order'}", `expected } or a comma and found "'fortran_order'}"`],
  ])("refuses the header %j", (header, what) => {
    expect(refusal(fileOf(header))).toHaveProperty(
      "message",
      `[decodeNpy] the header is malformed: ${what}. Write the file again with numpy.save or encodeNpy.`,
    );
  });

  it("never fails otherwise than by a FormatError", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const bytes = small.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        const error = refusal(bytes);
        expect(error === null || error instanceof FormatError).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe("parseNpyHeader", () => {
  it("takes keys in any order, either quotes, and Python 2's long numbers", () => {
    expect(parseNpyHeader(`{"shape" : (2L, 3L),'fortran_order':True , "descr": '>f8'}  \n`)).toEqual({
      descr: ">f8",
      fortranOrder: true,
      shape: [2, 3],
    });
  });
});

describe("encodeNpy", () => {
  const plain = rows.filter((row) => !/big|fortran|version-[23]/.test(row.name));

  it.each(plain.map((row) => [row.name, row] as const))(
    "writes %s byte for byte as numpy.save does",
    (_name, row) => {
      expect(encodeNpy(decodeNpy(bytesOf(row.file)))).toEqual(bytesOf(row.file));
      expect(plain.length).toBeGreaterThan(20);
    },
  );

  it("writes views in row-major order", () => {
    const x = arange(0, 24, 1, { dtype: "int32" }).reshape([2, 3, 4]);
    for (const view of [
      x.permute([2, 0, 1]),
      x.flip(),
      x.slice(1, { step: -2 }),
      zeros([1, 3]).expand([2, 3]),
    ]) {
      expect(encodeNpy(view)).toEqual(encodeNpy(view.copy()));
      expect(decodeNpy(encodeNpy(view)).toArray()).toEqual(view.toArray());
    }
  });

  it("comes back the same, for any shape and dtype", () => {
    const dtypes: DType[] = ["bool", "uint8", "int32", "float32", "float64"];
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 4 }), fc.constantFrom(...dtypes), (shape, dtype) => {
        const size = shape.reduce((a, b) => a * b, 1);
        const x = arange(0, size, 1).cast(dtype).reshape(shape);
        const y = decodeNpy(encodeNpy(x));
        expect([y.dtype, y.shape, y.toArray()]).toEqual([dtype, shape, x.toArray()]);
      }),
      { seed: 6, numRuns: 100 },
    );
  });
});
