import { ArgumentError, bytesPerElement, checkOptions, FormatError } from "@adjoint/tensor";
import { JsonReader } from "./json-reader.ts";
import { parseJsonSteps } from "./json-steps.ts";
import type { Trace, TraceTensor } from "./trace.ts";
import {
  alignment,
  formatVersion,
  inOneGo,
  isLittleEndian,
  magic,
  malformed,
  maximalDepth,
  maximalHead,
  partsToAStep,
  preludeLength,
  swapBytes,
  viewOf,
} from "./trace-file.ts";
import { readHead } from "./trace-head.ts";
import { readTensorTable, type TensorEntry } from "./trace-tensors.ts";

/** Settings of `decodeTrace`. */
export interface DecodeTraceOptions {
  /** Larger files are refused. Default 1 GiB. */
  readonly maxBytes?: number;
}

const op = "decodeTrace";

/**
 * The trace in a trace file. The file is data: nothing in it is evaluated, every size is checked before anything of that
 * size is made, and what is given back keeps every invariant of a Trace.
 *
 * The tensors are views of `bytes` where these begin at a multiple of eight in their buffer (a file read whole does),
 * and copies elsewhere: do not write to either.
 *
 * @throws {FormatError} if the bytes are no whole trace file of version 1, naming the place; or above maxBytes.
 * @example const trace = decodeTrace(readFileSync("step.trace"));
 */
export function decodeTrace(bytes: Uint8Array, options: DecodeTraceOptions = {}): Trace {
  return inOneGo(decodeTraceSteps(bytes, options));
}

/**
 * The same in steps of a few milliseconds, so that a page stays alive meanwhile.
 *
 * @throws {FormatError} from `next`, as `decodeTrace` does.
 */
export function* decodeTraceSteps(
  bytes: Uint8Array,
  options: DecodeTraceOptions = {},
): Generator<void, Trace> {
  checkOptions(op, options, ["maxBytes"]);
  const { maxBytes = 2 ** 30 } = options;
  if (!(maxBytes >= 0)) {
    throw new ArgumentError(op, "maxBytes", `maxBytes is ${maxBytes}.`, "Give a number of bytes.");
  }
  const headLength = readPrelude(bytes, maxBytes);
  const dataStart = preludeLength + headLength;
  const head = new JsonReader(op, yield* parseHead(bytes.subarray(preludeLength, dataStart)));
  yield;
  const format = head.field("format");
  if (format.raw() !== "adjoint-trace") throw format.wrong('is not "adjoint-trace"');
  const entries = yield* readTensorTable(head.field("tensors"), bytes.length - dataStart);
  const isNative = isLittleEndian();
  const tensors: TraceTensor[] = [];
  for (const entry of entries) {
    tensors.push(readTensor(entry, bytes, dataStart, isNative));
    if (tensors.length % partsToAStep === 0) yield;
  }
  return yield* readHead(head, tensors);
}

/** The length of the head. */
function readPrelude(bytes: Uint8Array, maxBytes: number): number {
  if (bytes.length < preludeLength) {
    throw malformed(op, `the file has ${bytes.length} bytes, and its beginning alone takes ${preludeLength}`);
  }
  if (!magic.every((byte, i) => bytes[i] === byte)) {
    const remedy = "Give a file that train --trace or encodeTrace wrote, and transfer it as binary.";
    throw new FormatError(op, "the file does not begin as a trace does.", remedy);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== formatVersion) {
    const remedy = "Open it with the version of Adjoint that wrote it, or record it again.";
    throw new FormatError(op, `the file is of version ${version}, and ${formatVersion} is read.`, remedy);
  }
  if (bytes.length > maxBytes) {
    const what = `the file has ${bytes.length} bytes, above the limit of ${maxBytes}.`;
    throw new FormatError(op, what, "Record it with a smaller maxBytes, or allow more with { maxBytes }.");
  }
  if (view.getUint32(12, true) !== 0) throw malformed(op, "bytes 12 to 15 are not 0");
  const [headLength, fileLength] = [view.getBigUint64(16, true), view.getBigUint64(24, true)];
  if (fileLength !== BigInt(bytes.length)) {
    throw malformed(op, `the file says that it has ${fileLength} bytes, and has ${bytes.length}`);
  }
  if (headLength > BigInt(Math.min(maximalHead, bytes.length - preludeLength))) {
    throw malformed(op, `the head claims ${headLength} bytes, above the limit or what follows`);
  }
  if (headLength % BigInt(alignment) === 0n) return Number(headLength);
  throw malformed(op, `the head has ${headLength} bytes, which is no multiple of ${alignment}`);
}

function* parseHead(bytes: Uint8Array): Generator<void, unknown> {
  try {
    return yield* parseJsonSteps(bytes, { maximalDepth });
  } catch (error) {
    if (error instanceof RangeError) throw malformed(op, `the head is ${error.message}`);
    const reason = error instanceof Error ? error.message : error;
    throw malformed(op, `the head is not JSON in UTF-8 (${reason})`);
  }
}

function readTensor(
  entry: TensorEntry,
  bytes: Uint8Array,
  dataStart: number,
  isNative: boolean,
): TraceTensor {
  const { dtype, shape, statistics, offset, size } = entry;
  if (offset === null) return { dtype, shape, statistics, data: null };
  const start = bytes.byteOffset + dataStart + offset;
  if (start % alignment === 0 && isNative) {
    return { dtype, shape, statistics, data: viewOf(dtype, bytes.buffer, start, size) };
  }
  const width = bytesPerElement(dtype);
  const copy = new Uint8Array(size * width);
  copy.set(bytes.subarray(dataStart + offset, dataStart + offset + copy.length));
  if (!isNative) swapBytes(copy, width);
  return { dtype, shape, statistics, data: viewOf(dtype, copy.buffer, 0, size) };
}
