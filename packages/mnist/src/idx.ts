// The IDX format of the MNIST files: two zero bytes, one byte for the element type, one for the number of
// axes, then each axis as a big-endian uint32, then the elements in row-major order.
// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section "File formats".
import { gunzipSync } from "node:zlib";

/** Thrown when bytes are not the IDX file that was expected; the fields repeat what the message says. */
export class IdxError extends Error {
  /** The file's path or name, as it was given. */
  readonly file: string;
  /** What the file should hold, in words. */
  readonly expected: string;
  /** What it holds, in words. */
  readonly found: string;

  constructor(file: string, problem: string, expected: string, found: string, remedy: string) {
    super(`[readIdx] ${problem}: ${file}: expected ${expected}, found ${found}. ${remedy}`);
    this.name = "IdxError";
    this.file = file;
    this.expected = expected;
    this.found = found;
  }
}

/** The contents of an IDX file of unsigned bytes. */
export interface IdxArray {
  /** Lengths of the axes, outermost first: `[count, 28, 28]` for images, `[count]` for labels. */
  readonly shape: readonly number[];
  /** The elements, row-major; a view of the bytes that were parsed, not a copy. */
  readonly data: Uint8Array;
}

const gzipMagic: readonly [number, number] = [0x1f, 0x8b];
const uint8Code = 0x08;
const elementTypes: Readonly<Record<number, string>> = {
  8: "uint8",
  9: "int8",
  11: "int16",
  12: "int32",
  13: "float32",
  14: "float64",
};
const remedyFetch = "Take the original file again; it was cut, changed or is not an IDX file.";

/**
 * Unpacks bytes that begin with gzip's magic number 1f 8b, and returns all others as they are.
 *
 * @param file name for the error message
 * @throws IdxError when the bytes begin like gzip and cannot be unpacked
 */
export function gunzipIfNeeded(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes[0] !== gzipMagic[0] || bytes[1] !== gzipMagic[1]) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new IdxError(file, "cannot unpack gzip", "a whole gzip stream", reason, remedyFetch);
  }
}

/**
 * Parses an IDX file of unsigned bytes.
 *
 * @param bytes the whole file, not gzipped
 * @param file name for error messages
 * @param axes the number of axes the file must have: 3 for images, 1 for labels
 * @returns shape and elements; `data` is a view of `bytes`
 * @throws IdxError when magic number, element type, number of axes or length do not fit
 */
export function parseIdx(bytes: Uint8Array, file: string, axes: number): IdxArray {
  checkMagic(bytes, file, axes);
  const headerBytes = 4 + 4 * axes;
  if (bytes.length < headerBytes) {
    throw new IdxError(
      file,
      "header is cut",
      `at least ${headerBytes} bytes`,
      `${bytes.length} bytes`,
      remedyFetch,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const elements = shape.reduce((product, length) => product * length, 1);
  const expected = headerBytes + elements;
  if (bytes.length !== expected) {
    throw new IdxError(
      file,
      bytes.length < expected ? "file is cut" : "bytes after the last element",
      `${expected} bytes for shape [${shape.join(", ")}]`,
      `${bytes.length} bytes`,
      remedyFetch,
    );
  }
  // readFile gives Buffers; this is a plain Uint8Array over the same bytes.
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + headerBytes, elements) };
}

function checkMagic(bytes: Uint8Array, file: string, axes: number): void {
  const [zero0, zero1, type, foundAxes] = bytes;
  if (zero0 === undefined || zero1 === undefined || type === undefined || foundAxes === undefined) {
    throw new IdxError(file, "header is cut", "at least 4 bytes", `${bytes.length} bytes`, remedyFetch);
  }
  const expected = `magic number 00 00 08 0${axes} (uint8, ${axes} ${axes === 1 ? "axis" : "axes"})`;
  const found = [zero0, zero1, type, foundAxes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  if (zero0 !== 0 || zero1 !== 0) {
    throw new IdxError(file, "not an IDX file", expected, found, remedyFetch);
  }
  if (type !== uint8Code) {
    const name = elementTypes[type];
    const described = name === undefined ? found : `${found} (${name})`;
    throw new IdxError(
      file,
      "wrong element type",
      expected,
      described,
      "Save the pixels or labels as uint8.",
    );
  }
  if (foundAxes !== axes) {
    const remedy = "Images need 3 axes and labels 1; the two files may have been exchanged.";
    throw new IdxError(file, "wrong number of axes", expected, `${found} (${foundAxes} axes)`, remedy);
  }
}
