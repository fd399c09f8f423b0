/**
 * Safetensors files: the length of a header, the header in JSON, and the numbers of all tensors one after the other.
 *
 * What is written is what the reference implementation writes, byte for byte: the widest dtypes first, names in order
 * within a dtype, and the header filled up with spaces, so that every tensor lies aligned.
 *
 * Source: huggingface/safetensors, README.md ("Format") and safetensors/src/tensor.rs.
 */
import {
  bytesPerElement,
  type DType,
  FormatError,
  fromTypedArray,
  type Shape,
  type Tensor,
  tensor,
} from "@adjoint/tensor";
import { littleEndian } from "./little-endian.ts";
import {
  dtypeNames,
  maximalHeader,
  metadataKey,
  openSafetensors,
  prefix,
  type TensorEntry,
  wideInteger,
} from "./safetensors-header.ts";
import type { StateDict } from "./state-dict.ts";

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** The tensors by name, in the order of the file; contiguous copies. */
  readonly tensors: StateDict;
  /** What the writer noted. An object without prototype. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The order of the dtypes in a file. */
const fileOrder: readonly DType[] = ["float64", "float32", "int32", "uint8", "bool"];

/**
 * The bytes of a safetensors file, which PyTorch and its relatives read.
 *
 * @param tensors by name, as `stateDict` gives them.
 * @param metadata texts that are kept beside them.
 * @throws {FormatError} if a name is `__metadata__` or no well-formed text, or the header would be above 100 MB.
 * @example encodeSafetensors(new Map([["x", zeros([2])]])).length   // 72
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const { head, ordered } = layOut(tensors, metadata);
  const size = ordered.reduce((sum, [, x]) => sum + x.size * bytesPerElement(x.dtype), 0);
  const file = new Uint8Array(head.length + size);
  file.set(head);
  let start = head.length;
  for (const [, x] of ordered) {
    const array = x.toTypedArray();
    const numbers = file.subarray(start, start + array.byteLength);
    numbers.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    littleEndian(numbers, bytesPerElement(x.dtype));
    start += array.byteLength;
  }
  return file;
}

/** What a file says of a tensor; a Tensor is one. */
export interface TensorForm {
  readonly dtype: DType;
  readonly shape: Shape;
  /** Elements. */
  readonly size: number;
}

/** How a file begins, and the order in which the numbers of the tensors follow. */
export interface SafetensorsLayout<T extends TensorForm> {
  /** The length of the header, and the header. */
  readonly head: Uint8Array;
  readonly ordered: readonly (readonly [string, T])[];
}

/** Lays out a file. @throws {FormatError} as `encodeSafetensors`. */
export function layOut<T extends TensorForm>(
  tensors: ReadonlyMap<string, T>,
  metadata: Readonly<Record<string, string>>,
): SafetensorsLayout<T> {
  const ordered = [...tensors].sort(
    ([a, { dtype: p }], [b, { dtype: q }]) =>
      fileOrder.indexOf(p) - fileOrder.indexOf(q) || compareBytes(a, b),
  );
  const header = encodeHeader(ordered, metadata);
  const head = new Uint8Array(prefix + header.length);
  new DataView(head.buffer).setBigUint64(0, BigInt(header.length), true);
  head.set(header, prefix);
  return { head, ordered };
}

/**
 * The tensors and metadata in a safetensors file: F64, F32, I32, U8 and BOOL; I64, in which PyTorch counts batches, as
 * int32.
 *
 * @throws {FormatError} if the bytes are no whole safetensors file, or hold another dtype or a number beyond int32.
 * @example decodeSafetensors(encodeSafetensors(new Map([["x", ones([2])]]))).tensors.get("x")   // [1, 1]
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { entries, metadata, data } = openSafetensors(bytes);
  return { tensors: new Map(entries.map((entry) => [entry.name, readTensor(entry, data)])), metadata };
}

function readTensor(entry: TensorEntry, data: Uint8Array): Tensor {
  const { dtype, code, shape, start, end } = entry;
  // A copy of its own, because a typed array wants its numbers aligned, which a file need not do.
  const numbers = new Uint8Array(end - start);
  numbers.set(data.subarray(start, end));
  if (code === wideInteger) return readWide(entry, numbers);
  littleEndian(numbers, bytesPerElement(dtype));
  switch (dtype) {
    case "float64":
      return fromTypedArray(new Float64Array(numbers.buffer), shape);
    case "float32":
      return fromTypedArray(new Float32Array(numbers.buffer), shape);
    case "int32":
      return fromTypedArray(new Int32Array(numbers.buffer), shape);
    case "uint8":
      return fromTypedArray(numbers, shape);
    default:
      return tensor(numbers, { shape, dtype });
  }
}

/** Integers of 8 bytes as int32. */
function readWide({ name, shape }: TensorEntry, bytes: Uint8Array): Tensor {
  const view = new DataView(bytes.buffer);
  const numbers = Int32Array.from({ length: bytes.length / 8 }, (_, i) => {
    const value = view.getBigInt64(8 * i, true);
    if (BigInt.asIntN(32, value) === value) return Number(value);
    throw new FormatError(
      "decodeSafetensors",
      `tensor ${JSON.stringify(name)} is of dtype "I64" and holds ${value}, beyond int32.`,
      "Convert it before it is saved, in PyTorch with tensor.to(torch.float64).",
    );
  });
  return fromTypedArray(numbers, shape);
}

function encodeHeader(
  tensors: readonly (readonly [string, TensorForm])[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const notes = Object.entries(metadata);
  for (const text of [...notes.flat(), ...tensors.map(([name]) => name)]) checkText(text);
  const parts = notes.length === 0 ? [] : [`${JSON.stringify(metadataKey)}:${jsonObject(notes)}`];
  let start = 0;
  for (const [name, x] of tensors) {
    if (name === metadataKey) {
      const remedy = "The format keeps this name for metadata; rename the tensor.";
      throw new FormatError("encodeSafetensors", `a tensor is called "${metadataKey}".`, remedy);
    }
    const end = start + x.size * bytesPerElement(x.dtype);
    const info = { dtype: dtypeNames[x.dtype], shape: x.shape, data_offsets: [start, end] };
    parts.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    start = end;
  }
  const text = new TextEncoder().encode(`{${parts.join(",")}}`);
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  if (padded.length <= maximalHeader) return padded;
  throw new FormatError(
    "encodeSafetensors",
    `the header has ${padded.length} bytes, above the limit of ${maximalHeader}.`,
    "Write fewer tensors or less metadata into one file.",
  );
}

/** An object as JSON whatever its keys are called; JSON.stringify of an object would drop a `__proto__`. */
function jsonObject(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`;
}

/** Refuses what is no text or has no UTF-8: half of a surrogate pair. */
function checkText(text: unknown): void {
  if (typeof text === "string" && !/\p{Surrogate}/u.test(text)) return;
  throw new FormatError(
    "encodeSafetensors",
    `${JSON.stringify(text)} is no well-formed text.`,
    "Give names and metadata as strings without lone surrogates.",
  );
}

/** By the bytes of UTF-8, as the reference implementation sorts names: the same as by code points. */
function compareBytes(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((letter, i) => letter !== right[i]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}
