/**
 * The header of a safetensors file, checked from end to end before a number is read: an unknown file can neither be
 * misread nor make the reader hang.
 */
import { bytesPerElement, type DType, FormatError, formatShape } from "@adjoint/tensor";

/** The bytes before the header: its length. */
export const prefix = 8;
/** The key of the metadata among the names. */
export const metadataKey = "__metadata__";
/** No header is longer, in bytes. */
export const maximalHeader = 100_000_000;
/** What the format calls the dtypes. */
export const dtypeNames: Readonly<Record<DType, string>> = {
  float64: "F64",
  float32: "F32",
  int32: "I32",
  uint8: "U8",
  bool: "BOOL",
};
/** PyTorch's integers, of 8 bytes; read as int32 where they fit. */
export const wideInteger = "I64";
/** Those of the format's other dtypes that hold floating-point numbers; the rest hold whole ones. */
const otherFloats = /^(F|BF|C)\d/;

/** Where a tensor lies in the data behind the header, in bytes. */
export interface TensorEntry {
  readonly name: string;
  /** What it is read as. */
  readonly dtype: DType;
  /** What the format calls the dtype of its bytes. */
  readonly code: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** A header that was found to be right. */
export interface SafetensorsHeader {
  /** In the order of the data. */
  readonly entries: readonly TensorEntry[];
  /** An object without prototype. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A file taken apart: its header, and the bytes behind it, not copied. */
export interface OpenSafetensors extends SafetensorsHeader {
  readonly data: Uint8Array;
}

/**
 * Reads the header of a whole file.
 *
 * @throws {FormatError} if the bytes are no whole safetensors file.
 */
export function openSafetensors(bytes: Uint8Array): OpenSafetensors {
  const length = headerLength(bytes);
  const data = bytes.subarray(prefix + length);
  const { entries, metadata } = parseSafetensorsHeader(bytes.subarray(prefix, prefix + length), data.length);
  return { entries, metadata, data };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < prefix) {
    throw new FormatError(
      "decodeSafetensors",
      `the file has ${bytes.length} bytes, and the length of the header alone takes ${prefix}.`,
      "It is cut short or no safetensors file.",
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true);
  if (length > maximalHeader) {
    throw new FormatError(
      "decodeSafetensors",
      `the header claims ${length} bytes, above the limit of ${maximalHeader}.`,
      "Give the bytes of a safetensors file.",
    );
  }
  if (length <= bytes.length - prefix) return Number(length);
  throw new FormatError(
    "decodeSafetensors",
    `the header claims ${length} bytes, and ${bytes.length - prefix} follow.`,
    "The file is cut short; write or fetch it again.",
  );
}

/**
 * Reads a header in front of `dataLength` bytes.
 *
 * @throws {FormatError} if it is no JSON object of the right form, names a thing twice, or its tensors do not fill the
 * data without a hole or an overlap.
 */
export function parseSafetensorsHeader(header: Uint8Array, dataLength: number): SafetensorsHeader {
  const top = parseObject(header);
  const metadata: Record<string, string> = Object.create(null);
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(top)) {
    if (name === metadataKey) readMetadata(value, metadata);
    else entries.push(readEntry(name, value));
  }
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  checkCoverage(entries, dataLength);
  return { entries, metadata };
}

function parseObject(header: Uint8Array): object {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header);
    value = JSON.parse(text);
  } catch (error) {
    throw bad(`the header is not JSON in UTF-8 (${error instanceof Error ? error.message : error})`);
  }
  if (!text.startsWith("{") || !isObject(value)) throw bad('the header does not start with "{"');
  const twice = repeatedKey(text);
  if (twice !== null) throw bad(`the header names ${JSON.stringify(twice)} twice`);
  return value;
}

/** A key that an object of valid JSON has twice, of which JSON.parse keeps the last in silence; else null. */
function repeatedKey(json: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (let i = 0; i < json.length; i++) {
    const letter = json[i];
    if (letter === "{") open.push(new Set());
    else if (letter === "[") open.push(null);
    else if (letter === "}" || letter === "]") open.pop();
    else if (letter === '"') {
      const end = endOfString(json, i);
      const keys = open.at(-1);
      if (keys && isKey(json, end)) {
        const key: unknown = JSON.parse(json.slice(i, end));
        if (typeof key !== "string" || keys.has(key)) return String(key);
        keys.add(key);
      }
      i = end - 1;
    }
  }
  return null;
}

/** The position behind the string of valid JSON that starts at `start`. */
function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === "\\" ? 2 : 1;
  return i + 1;
}

/** True if a colon follows: the string that ended here is a key. */
function isKey(json: string, end: number): boolean {
  let i = end;
  while (" \t\n\r".includes(json[i] ?? "x")) i++;
  return json[i] === ":";
}

function readMetadata(value: unknown, metadata: Record<string, string>): void {
  if (!isObject(value)) throw bad(`${metadataKey} is no object`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string")
      throw bad(`${metadataKey} holds ${JSON.stringify(key)}, which is no string`);
    metadata[key] = text;
  }
}

function readEntry(name: string, value: unknown): TensorEntry {
  const called = `tensor ${JSON.stringify(name)}`;
  if (!isObject(value)) throw bad(`${called} is described by no object`);
  const fields = new Map<string, unknown>(Object.entries(value));
  const { dtype, code, width } = dtypeOf(called, fields.get("dtype"));
  const shape = fields.get("shape");
  if (!isSizes(shape)) throw bad(`${called} has the shape ${JSON.stringify(shape)}`);
  const offsets = fields.get("data_offsets");
  const [start = 0, end = 0] = isSizes(offsets) && offsets.length === 2 ? offsets : [1, 0];
  if (start > end) throw bad(`${called} has the data_offsets ${JSON.stringify(offsets)}`);
  const size = shape.includes(0) ? 0 : shape.reduce((product, axis) => product * axis, 1);
  const bytes = size * width;
  if (bytes !== end - start) {
    const takes = `${code} ${formatShape(shape)} takes ${bytes} bytes`;
    throw bad(`${called} has ${end - start} bytes of data, and ${takes}`);
  }
  return { name, dtype, code, shape, start, end };
}

function dtypeOf(called: string, code: unknown): { dtype: DType; code: string; width: number } {
  for (const dtype of Object.keys(dtypeNames) as DType[]) {
    if (dtypeNames[dtype] === code) return { dtype, code, width: bytesPerElement(dtype) };
  }
  if (code === wideInteger) return { dtype: "int32", code, width: 8 };
  const target = otherFloats.test(String(code)) ? "torch.float32" : "torch.int32";
  throw new FormatError(
    "decodeSafetensors",
    `${called} is of dtype ${JSON.stringify(code)}.`,
    `F64, F32, I64, I32, U8 and BOOL are read; convert it before it is saved, in PyTorch with tensor.to(${target}).`,
  );
}

/** `entries` are sorted by their start. */
function checkCoverage(entries: readonly TensorEntry[], dataLength: number): void {
  let filled = 0;
  for (const { name, start, end } of entries) {
    if (start !== filled) {
      const what = start > filled ? `leaves a hole of ${start - filled} bytes` : "overlaps the one";
      throw bad(`tensor ${JSON.stringify(name)} starts at byte ${start} and ${what} before it`);
    }
    filled = end;
  }
  if (filled === dataLength) return;
  throw bad(`the tensors take ${filled} bytes, and ${dataLength} follow the header`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function bad(what: string): FormatError {
  return new FormatError(
    "decodeSafetensors",
    `${what}.`,
    "The file is damaged or no safetensors file; write or fetch it again.",
  );
}
