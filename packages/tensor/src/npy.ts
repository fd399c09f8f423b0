/**
 * NumPy's .npy files: a magic word, a version, a header in Python's notation, and the numbers.
 *
 * Source: numpy/lib/format.py, "The .npy format", versions 1.0 to 3.0.
 */
import { currentBackend } from "./backend.ts";
import { fromStorage } from "./create.ts";
import { allocate, bytesPerElement, type DType } from "./dtype.ts";
import { FormatError } from "./errors.ts";
import { type NpyHeader, parseNpyHeader } from "./npy-header.ts";
import { formatShape, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** The type codes of the dtypes, without the byte order. */
const codes: Record<DType, string> = { float32: "f4", float64: "f8", int32: "i4", uint8: "u1", bool: "b1" };
/** NumPy leaves room for the first axis to grow to this many digits. */
const growthDigits = 21;
const alignment = 64;

/**
 * The bytes of a version 1.0 .npy file that holds x, little-endian and row-major: what `numpy.save` writes.
 *
 * @example await writeFile("x.npy", encodeNpy(x)) // in Node
 */
export function encodeNpy(x: Tensor): Uint8Array {
  const array = x.toTypedArray();
  const numbers = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const header = encodeHeader(x);
  const file = new Uint8Array(header.length + numbers.length);
  file.set(header);
  file.set(numbers, header.length);
  if (!isLittleEndian()) swapBytes(file.subarray(header.length), bytesPerElement(x.dtype));
  return file;
}

function encodeHeader(x: Tensor): Uint8Array {
  const order = bytesPerElement(x.dtype) === 1 ? "|" : "<";
  const axes = x.shape.length === 1 ? `${x.shape[0]},` : x.shape.join(", ");
  let text = `{'descr': '${order}${codes[x.dtype]}', 'fortran_order': False, 'shape': (${axes}), }`;
  if (x.shape.length > 0) text += " ".repeat(growthDigits - String(x.shape[0]).length);
  const start = magic.length + 4;
  text += `${" ".repeat(alignment - ((start + text.length + 1) % alignment))}\n`;
  if (text.length > 0xffff) {
    throw new FormatError("encodeNpy", `x has ${x.shape.length} axes.`, "Reshape it to fewer axes first.");
  }
  const bytes = Array.from(text, (letter) => letter.charCodeAt(0));
  return Uint8Array.of(...magic, 1, 0, text.length % 256, text.length >> 8, ...bytes);
}

/**
 * The tensor in a .npy file: versions 1 to 3, either byte order, row-major or Fortran order; contiguous, and a copy.
 *
 * @throws {FormatError} if the bytes are no whole .npy file, or hold a dtype other than f4, f8, i4, u1 and b1.
 * @example const x = decodeNpy(await readFile("x.npy")) // in Node
 */
export function decodeNpy(bytes: Uint8Array): Tensor {
  const { header, start } = readHeader(bytes);
  const { dtype, bigEndian } = dtypeOfCode(header.descr);
  const size = sizeOf(header.shape);
  const expected = size * bytesPerElement(dtype);
  const found = bytes.length - start;
  if (found !== expected) {
    throw new FormatError(
      "decodeNpy",
      `the header announces ${dtype} of shape ${formatShape(header.shape)}, ${expected} bytes, but ${found} follow.`,
      "The file is cut short or has something behind it; write it again.",
    );
  }
  const array = allocate(dtype, size);
  const numbers = new Uint8Array(array.buffer);
  numbers.set(bytes.subarray(start));
  if (bigEndian === isLittleEndian()) swapBytes(numbers, bytesPerElement(dtype));
  if (dtype === "bool") for (let i = 0; i < size; i++) array[i] = Number(array[i] !== 0);
  const storage = currentBackend().constant(array, dtype);
  if (!header.fortranOrder) return fromStorage(storage, header.shape);
  const turned = fromStorage(storage, header.shape.toReversed()) as Tensor;
  return turned.permute(header.shape.map((_, axis) => axis).reverse()).toContiguous();
}

function readHeader(bytes: Uint8Array): { header: NpyHeader; start: number } {
  const [major = 0, minor = 0] = bytes.subarray(magic.length);
  const isNpy = magic.every((byte, i) => bytes[i] === byte);
  if (!isNpy) {
    throw new FormatError(
      "decodeNpy",
      "the bytes do not start as a .npy file does.",
      "Give the bytes of a .npy file.",
    );
  }
  if (major < 1 || major > 3 || minor !== 0) {
    const remedy = "Versions 1.0, 2.0 and 3.0 are read; numpy.save writes them.";
    throw new FormatError("decodeNpy", `the file has version ${major}.${minor}.`, remedy);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = magic.length + (major === 1 ? 4 : 6);
  const length =
    bytes.length < from
      ? Number.POSITIVE_INFINITY
      : major === 1
        ? view.getUint16(8, true)
        : view.getUint32(8, true);
  if (from + length > bytes.length) {
    throw new FormatError(
      "decodeNpy",
      "the file ends within its header.",
      "It is cut short; write it again.",
    );
  }
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(bytes.subarray(from, from + length));
  return { header: parseNpyHeader(text), start: from + length };
}

function dtypeOfCode(descr: string): { dtype: DType; bigEndian: boolean } {
  const order = descr.slice(0, 1);
  for (const dtype of Object.keys(codes) as DType[]) {
    const orders = bytesPerElement(dtype) === 1 ? "|<>" : "<>";
    if (orders.includes(order) && descr.slice(1) === codes[dtype]) return { dtype, bigEndian: order === ">" };
  }
  throw new FormatError(
    "decodeNpy",
    `the file holds numbers of type '${descr}'.`,
    "f4, f8, i4, u1 and b1 are read; convert it in NumPy, for example with x.astype('float32').",
  );
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

/** Turns the bytes of each element round, in place. */
function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}
