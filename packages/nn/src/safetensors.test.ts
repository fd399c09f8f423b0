import { type DType, FormatError, ones, type Tensor, tensor, zeros } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../test/expect-close.ts";
import { readFixture } from "../test/pytorch.ts";
import { BatchNorm1d } from "./modules/batch-norm1d.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

const text = new TextEncoder();

/** A file of a header (as text) and data. */
function fileOf(header: string | Uint8Array, data: readonly number[] = []): Uint8Array {
  const bytes = typeof header === "string" ? text.encode(header) : header;
  const file = new Uint8Array(8 + bytes.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(bytes.length), true);
  file.set(bytes, 8);
  file.set(data, 8 + bytes.length);
  return file;
}

/** The bytes of a tensor's elements. */
function bitsOf(x: Tensor): number[] {
  const array = x.toTypedArray();
  return [...new Uint8Array(array.buffer, array.byteOffset, array.byteLength)];
}

const reference = Object.fromEntries(
  Object.entries(readFixture<Record<string, string>>("safetensors.json")).map(([name, file]) => [
    name,
    Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0)),
  ]),
);

describe("the layout of a safetensors file", () => {
  it("is length, header filled up with spaces, numbers", () => {
    const x = tensor([1, -2]);
    const header = '{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  ';
    const expected = fileOf(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
    expect(header.length % 8).toBe(0);
    expect(encodeSafetensors(new Map([["x", x]]))).toEqual(expected);
  });

  it("is byte for byte what the reference implementation writes", () => {
    const tensors = new Map<string, Tensor>([
      [
        "0.weight",
        tensor([
          [1.5, -2, 0],
          [-0, Number.POSITIVE_INFINITY, Number.NaN],
        ]) as Tensor,
      ],
      ["0.bias", tensor([0.25, 1e-45]) as Tensor],
      ["steps", tensor(-7, { dtype: "int32" }) as Tensor],
      ["images", tensor([[0, 128, 255]], { dtype: "uint8" }) as Tensor],
      [
        "mask",
        tensor([
          [true, false],
          [false, true],
        ]) as Tensor,
      ],
      ["exact", tensor([0.1], { dtype: "float64" }) as Tensor],
      ["none", zeros([0, 4]) as Tensor],
      ['größe "x"', tensor([-1], { dtype: "float64" }) as Tensor],
    ]);
    expect(encodeSafetensors(tensors)).toEqual(reference.plain);
    const mask = new Map([["x", tensors.get("mask") ?? (zeros([1]) as Tensor)]]);
    expect(encodeSafetensors(mask, { format: "pt" })).toEqual(reference.noted);
    expect(encodeSafetensors(new Map(), { näme: 'a "quoted" text\n' })).toEqual(reference.notes);
    expect(encodeSafetensors(new Map())).toEqual(reference.empty);
  });

  it("orders names by their bytes", () => {
    const names = ["b", "a", "ab", "a.1", "\u{1f600}", "\uffee", "a.10"];
    const file = encodeSafetensors(new Map(names.map((name) => [name, ones([1]) as Tensor])));
    const sorted = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...decodeSafetensors(file).tensors.keys()]).toEqual(sorted);
  });

  it("holds views in row-major order", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
      .transpose()
      .flip(0);
    const back = decodeSafetensors(encodeSafetensors(new Map([["x", x as Tensor]]))).tensors.get("x");
    expect(back?.toArray()).toEqual([
      [3, 6],
      [2, 5],
      [1, 4],
    ]);
  });
});

describe("reading", () => {
  it("a BatchNorm of PyTorch, whose count of batches is an int64", () => {
    const { tensors } = decodeSafetensors(reference.batchNorm ?? new Uint8Array());
    const layer = new BatchNorm1d(2);
    layer.loadStateDict(tensors);
    expect(tensors.get("num_batches_tracked")?.dtype).toBe("int32");
    expect(layer.numBatchesTracked?.item()).toBe(1);
    expectClose(layer.runningMean as Tensor, [0.2, 0.4], 1e-7);
    expectClose(layer.runningVar as Tensor, [0.9 + 0.2, 0.9 + 0.8], 1e-7);
  });

  it("integers of 8 bytes within int32", () => {
    const data = [255, 255, 255, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0x80, 255, 255, 255, 255];
    const file = fileOf('{"x":{"dtype":"I64","shape":[2],"data_offsets":[0,16]}}', data);
    expect(decodeSafetensors(file).tensors.get("x")?.toArray()).toEqual([2147483647, -2147483648]);
    const cut = fileOf('{"x":{"dtype":"I64","shape":[2],"data_offsets":[0,8]}}', data.slice(0, 8));
    expect(() => decodeSafetensors(cut)).toThrow("has 8 bytes of data, and I64 [2] takes 16 bytes");
  });

  it("the reference implementation's files", () => {
    const { tensors, metadata } = decodeSafetensors(reference.plain ?? new Uint8Array());
    expect(metadata).toEqual({});
    expect(tensors.get("0.weight")?.toArray()).toEqual([
      [1.5, -2, 0],
      [-0, Number.POSITIVE_INFINITY, Number.NaN],
    ]);
    expect(tensors.get("steps")?.shape).toEqual([]);
    expect(tensors.get("mask")?.dtype).toBe("bool");
    expect(tensors.get("none")?.shape).toEqual([0, 4]);
    expect(tensors.get('größe "x"')?.item()).toBe(-1);
    expect(decodeSafetensors(reference.noted ?? new Uint8Array()).metadata).toEqual({ format: "pt" });
  });

  it("from the middle of a buffer, unaligned, as a copy", () => {
    const file = encodeSafetensors(new Map([["x", tensor([1, 2]) as Tensor]]));
    const pool = Buffer.alloc(file.length + 3);
    pool.set(file, 3);
    const x = decodeSafetensors(pool.subarray(3)).tensors.get("x");
    pool.fill(0);
    expect(x?.toArray()).toEqual([1, 2]);
  });

  it("tensors that lie in another order than the header names them, and a header that is padded or spaced", () => {
    const header = `{ "b" : {"dtype":"U8","shape":[1],"data_offsets":[2,3]},
      "a":{"shape":[2],"data_offsets":[0,2],"dtype":"U8"}}    `;
    const { tensors } = decodeSafetensors(fileOf(header, [7, 8, 9]));
    expect([...tensors].map(([name, x]) => [name, x.toArray()])).toEqual([
      ["a", [7, 8]],
      ["b", [9]],
    ]);
  });

  it("names that mean something to JavaScript", () => {
    const file = encodeSafetensors(
      new Map([
        ["__proto__", ones([1]) as Tensor],
        ["constructor", ones([2]) as Tensor],
      ]),
      JSON.parse('{"__proto__":"x","toString":"y"}'),
    );
    const { tensors, metadata } = decodeSafetensors(file);
    expect([...tensors.keys()]).toEqual(["__proto__", "constructor"]);
    expect(Object.entries(metadata)).toEqual([
      ["__proto__", "x"],
      ["toString", "y"],
    ]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect("x" in {}).toBe(false);
  });

  it("any byte but 0 as true", () => {
    const file = fileOf('{"x":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}', [0, 1, 255]);
    expect([...(decodeSafetensors(file).tensors.get("x")?.toTypedArray() ?? [])]).toEqual([0, 1, 1]);
  });
});

describe("a file that is not right is refused", () => {
  const u8 = (shape: string, offsets: string): string =>
    `{"dtype":"U8","shape":${shape},"data_offsets":${offsets}}`;
  const damaged = "The file is damaged or no safetensors file; write or fetch it again.";
  const refused: Record<string, [Uint8Array, string]> = {
    "that is empty": [
      new Uint8Array(),
      "the file has 0 bytes, and the length of the header alone takes 8. It is cut short or no safetensors file.",
    ],
    "that ends in its header": [
      fileOf('{"x":').subarray(0, 10),
      "the header claims 5 bytes, and 2 follow. The file is cut short; write or fetch it again.",
    ],
    "whose header is too long": [
      Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 128),
      "the header claims 9223372036854775809 bytes, above the limit of 100000000. Give the bytes of a safetensors file.",
    ],
    "whose header starts with a space": [
      fileOf(` {"x":${u8("[1]", "[0,1]")}}`, [1]),
      `the header does not start with "{". ${damaged}`,
    ],
    "whose header is a list": [fileOf("[]"), `the header does not start with "{". ${damaged}`],
    "that names a tensor twice": [
      fileOf(`{"x":${u8("[1]", "[0,1]")},"\\u0078":${u8("[1]", "[1,2]")}}`, [1, 2]),
      `the header names "x" twice. ${damaged}`,
    ],
    "that gives a shape twice": [
      fileOf('{"x":{"dtype":"U8","shape":[1],"shape":[2],"data_offsets":[0,2]}}', [1, 2]),
      `the header names "shape" twice. ${damaged}`,
    ],
    "that describes a tensor by a number": [
      fileOf('{"x":1}'),
      `tensor "x" is described by no object. ${damaged}`,
    ],
    "with a negative axis": [
      fileOf(`{"x":${u8("[-1]", "[0,1]")}}`, [1]),
      `tensor "x" has the shape [-1]. ${damaged}`,
    ],
    "with half an axis": [
      fileOf(`{"x":${u8("[0.5]", "[0,1]")}}`, [1]),
      `tensor "x" has the shape [0.5]. ${damaged}`,
    ],
    "without a shape": [
      fileOf('{"x":{"dtype":"U8","data_offsets":[0,1]}}', [1]),
      `tensor "x" has the shape undefined. ${damaged}`,
    ],
    "with offsets that go backwards": [
      fileOf(`{"x":${u8("[1]", "[1,0]")}}`, [1]),
      `tensor "x" has the data_offsets [1,0]. ${damaged}`,
    ],
    "with three offsets": [
      fileOf(`{"x":${u8("[1]", "[0,1,2]")}}`, [1]),
      `tensor "x" has the data_offsets [0,1,2]. ${damaged}`,
    ],
    "with more elements than data": [
      fileOf(`{"x":${u8("[2,3]", "[0,5]")}}`, [1, 2, 3, 4, 5]),
      `tensor "x" has 5 bytes of data, and U8 [2, 3] takes 6 bytes. ${damaged}`,
    ],
    "with more elements than there are numbers": [
      fileOf(`{"x":${u8("[4294967296,4294967296]", "[0,0]")}}`),
      `tensor "x" has 0 bytes of data, and U8 [4294967296, 4294967296] takes 18446744073709552000 bytes. ${damaged}`,
    ],
    "with a hole": [
      fileOf(`{"x":${u8("[1]", "[1,2]")}}`, [1, 2]),
      `tensor "x" starts at byte 1 and leaves a hole of 1 bytes before it. ${damaged}`,
    ],
    "with an overlap": [
      fileOf(`{"a":${u8("[2]", "[0,2]")},"b":${u8("[2]", "[1,3]")}}`, [1, 2, 3]),
      `tensor "b" starts at byte 1 and overlaps the one before it. ${damaged}`,
    ],
    "with something behind the tensors": [
      fileOf(`{"x":${u8("[1]", "[0,1]")}}`, [1, 2]),
      `the tensors take 1 bytes, and 2 follow the header. ${damaged}`,
    ],
    "that is cut short": [
      fileOf(`{"x":${u8("[2]", "[0,2]")}}`, [1]),
      `the tensors take 2 bytes, and 1 follow the header. ${damaged}`,
    ],
    "with metadata that is a list": [fileOf('{"__metadata__":[]}'), `__metadata__ is no object. ${damaged}`],
    "with metadata that is no text": [
      fileOf('{"__metadata__":{"epoch":3}}'),
      `__metadata__ holds "epoch", which is no string. ${damaged}`,
    ],
    "of BF16": [
      fileOf('{"x":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}', [0, 0]),
      'tensor "x" is of dtype "BF16". F64, F32, I64, I32, U8 and BOOL are read; convert it before it is saved, in PyTorch with tensor.to(torch.float32).',
    ],
    "of I16": [
      fileOf('{"x":{"dtype":"I16","shape":[1],"data_offsets":[0,2]}}', [0, 0]),
      'tensor "x" is of dtype "I16". F64, F32, I64, I32, U8 and BOOL are read; convert it before it is saved, in PyTorch with tensor.to(torch.int32).',
    ],
    "of I64 beyond int32": [
      fileOf('{"x":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', [0, 0, 0, 0x80, 0, 0, 0, 0]),
      'tensor "x" is of dtype "I64" and holds 2147483648, beyond int32. Convert it before it is saved, in PyTorch with tensor.to(torch.float64).',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [file, message]) => {
    const error = errorOf(() => decodeSafetensors(file));
    expect(error).toBeInstanceOf(FormatError);
    expect(error.message).toBe(`[decodeSafetensors] ${message}`);
  });

  it("whose header is no JSON, or no UTF-8, or starts with a byte order mark", () => {
    for (const header of ["{", "", '{"x":}', "\ufeff{}", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)]) {
      expect(errorOf(() => decodeSafetensors(fileOf(header)))).toBeInstanceOf(FormatError);
    }
  });

  it("that is nested without end", () => {
    const nested = `{"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(() => decodeSafetensors(fileOf(nested))).toThrow(FormatError);
  });
});

describe("writing refuses", () => {
  it("a tensor called __metadata__, and names and notes that are no text", () => {
    const one = ones([1]) as Tensor;
    expect(errorOf(() => encodeSafetensors(new Map([["__metadata__", one]]))).message).toBe(
      '[encodeSafetensors] a tensor is called "__metadata__". The format keeps this name for metadata; rename the tensor.',
    );
    expect(errorOf(() => encodeSafetensors(new Map([["\ud800", one]]))).message).toBe(
      '[encodeSafetensors] "\\ud800" is no well-formed text. Give names and metadata as strings without lone surrogates.',
    );
    const notes = JSON.parse('{"epoch":3}') as Record<string, string>;
    expect(() => encodeSafetensors(new Map(), notes)).toThrow("3 is no well-formed text");
  });
});

/** A tensor of any dtype and a small shape, of any bits. */
const anyTensor: fc.Arbitrary<Tensor> = fc
  .record({
    dtype: fc.constantFrom<DType>("float64", "float32", "int32", "uint8", "bool"),
    shape: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
    bits: fc.uint8Array({ minLength: 216, maxLength: 216 }),
  })
  .map(({ dtype, shape, bits }) => {
    const size = shape.reduce((product, axis) => product * axis, 1);
    const array = {
      float64: new Float64Array(bits.buffer, 0, size),
      float32: new Float32Array(bits.buffer, 0, size),
      int32: new Int32Array(bits.buffer, 0, size),
      uint8: bits.subarray(0, size),
      bool: bits.subarray(0, size).map((byte) => byte & 1),
    }[dtype];
    return tensor(array, { shape, dtype }) as Tensor;
  });
const anyFile = fc.record({
  tensors: fc.dictionary(fc.string(), anyTensor, { maxKeys: 5 }),
  metadata: fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), { maxKeys: 3 }),
});

describe("laws", () => {
  it("what is written is read back, bit for bit", () => {
    fc.assert(
      fc.property(anyFile, ({ tensors, metadata }) => {
        fc.pre(!Object.hasOwn(tensors, "__metadata__"));
        const written = new Map(Object.entries(tensors));
        const file = encodeSafetensors(written, metadata);
        const read = decodeSafetensors(file);
        expect(Object.entries(read.metadata)).toEqual(Object.entries(metadata));
        expect([...read.tensors.keys()].sort()).toEqual([...written.keys()].sort());
        for (const [name, x] of written) {
          const back = read.tensors.get(name) as Tensor;
          expect([back.dtype, back.shape, bitsOf(back)]).toEqual([x.dtype, x.shape, bitsOf(x)]);
        }
        expect(encodeSafetensors(read.tensors, read.metadata)).toEqual(file);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("a file with changed, missing or additional bytes is refused with a FormatError or read as it stands", () => {
    const edit = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }), length: fc.nat() });
    fc.assert(
      fc.property(
        anyFile,
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (parts, edits, cut) => {
          fc.pre(!Object.hasOwn(parts.tensors, "__metadata__"));
          let file = encodeSafetensors(new Map(Object.entries(parts.tensors)), parts.metadata);
          for (const { at, byte } of edits) file[at % Math.min(file.length, 200)] = byte;
          if (cut) file = file.slice(0, (edits[0]?.length ?? 0) % (file.length + 1));
          try {
            // What is accepted is whole: written again, it has the same tensors.
            const { tensors, metadata } = decodeSafetensors(file);
            const bytes = [...tensors.values()].reduce((sum, x) => sum + bitsOf(x).length, 0);
            const header = Number(new DataView(file.buffer).getBigUint64(0, true));
            expect(8 + header + bytes).toBe(file.length);
            expect(decodeSafetensors(encodeSafetensors(tensors, metadata)).tensors.size).toBe(tensors.size);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { seed: 2, numRuns: 500 },
    );
  });
});
