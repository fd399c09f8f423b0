/** What the writer and the reader of trace files share. docs/trace-format.md specifies the format. */
import { type DType, FormatError, type TypedArray } from "@adjoint/tensor";

/** 0x89 keeps it from looking like text, the line feed at the end shows a transfer that changed line ends. */
export const magic: readonly number[] = [0x89, 0x41, 0x44, 0x4a, 0x54, 0x52, 0x43, 0x0a];
/** The version of the format that is written, and the only one that is read. */
export const formatVersion = 1;
/** Magic, version, four bytes of 0, length of the head, length of the file. */
export const preludeLength = 32;
/** No head is longer, in bytes. */
export const maximalHead: number = 64 * 2 ** 20;
/** No head is nested deeper. */
export const maximalDepth = 32;
/** Everything begins at a multiple of so many bytes. */
export const alignment = 8;

/** `n` rounded up to the next multiple of the alignment. */
export function aligned(n: number): number {
  return Math.ceil(n / alignment) * alignment;
}

/** True where the machine's numbers lie as the file's do. */
export function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

/** So many parts of a file are read between two moments at which something else may run: a few milliseconds. */
export const partsToAStep = 512;

/** Runs steps to their end. */
export function inOneGo<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Turns the bytes of each element round; in place. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/** `count` elements of `dtype` at `start` of a buffer, as a view. */
export function viewOf(dtype: DType, buffer: ArrayBufferLike, start: number, count: number): TypedArray {
  switch (dtype) {
    case "float64":
      return new Float64Array(buffer, start, count);
    case "float32":
      return new Float32Array(buffer, start, count);
    case "int32":
      return new Int32Array(buffer, start, count);
    default:
      return new Uint8Array(buffer, start, count);
  }
}

/** What is said of a file that is damaged, or that another program wrote wrongly. */
export function malformed(op: string, what: string): FormatError {
  const remedy =
    op === "encodeTrace"
      ? "Give a trace that record or decodeTrace made, or one that docs/trace-format.md allows."
      : "The file is damaged, or was not written as docs/trace-format.md says; write or fetch it again.";
  return new FormatError(op, `${what}.`, remedy);
}
