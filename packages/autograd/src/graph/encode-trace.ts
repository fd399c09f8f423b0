import { bytesPerElement, formatShape, sizeOf } from "@adjoint/tensor";
import { jsonNumber } from "./json-data.ts";
import { JsonReader } from "./json-reader.ts";
import type { Trace, TraceNode, TraceStatistics, TraceTensor } from "./trace.ts";
import {
  aligned,
  formatVersion,
  inOneGo,
  isLittleEndian,
  magic,
  malformed,
  maximalHead,
  preludeLength,
  swapBytes,
  viewOf,
} from "./trace-file.ts";
import { readHead } from "./trace-head.ts";
import { readTensorTable } from "./trace-tensors.ts";

/**
 * The bytes of a trace file, as docs/trace-format.md specifies it. A tensor that is in many places of the trace is
 * written once.
 *
 * @throws {FormatError} if the trace breaks an invariant, so that no file is written that could not be read; or if its
 * head would be above 64 MiB.
 * @example writeFileSync("step.trace", encodeTrace(trace));
 */
export function encodeTrace(trace: Trace): Uint8Array {
  const table = new TensorTable();
  const head = headOf(trace, table);
  check(head, table);
  const text = new TextEncoder().encode(JSON.stringify(head));
  const headLength = aligned(text.length);
  if (headLength > maximalHead) {
    throw malformed("encodeTrace", `the head has ${headLength} bytes, above the limit of ${maximalHead}`);
  }
  const file = new Uint8Array(preludeLength + headLength + table.bytes);
  const prelude = new DataView(file.buffer);
  file.set(magic);
  prelude.setUint32(8, formatVersion, true);
  prelude.setBigUint64(16, BigInt(headLength), true);
  prelude.setBigUint64(24, BigInt(file.length), true);
  file.set(text, preludeLength);
  // JSON allows blanks at its end.
  file.fill(0x20, preludeLength + text.length, preludeLength + headLength);
  table.write(file.subarray(preludeLength + headLength));
  return file;
}

/** What stands in the head for a tensor. */
interface TensorRow {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offset: number | null;
  readonly statistics: { readonly [K in keyof TraceStatistics]: number | string } | null;
}

/** The tensors of a trace, each once, in the order in which they come up. */
class TensorTable {
  readonly tensors: TraceTensor[] = [];
  readonly rows: TensorRow[] = [];
  /** What the data takes so far. */
  bytes = 0;
  readonly #positions: Map<TraceTensor, number> = new Map();

  /** The position of `tensor`, which is added if it is new. */
  position(tensor: TraceTensor): number {
    const known = this.#positions.get(tensor);
    if (known !== undefined) return known;
    const position = this.rows.length;
    const { dtype, shape, statistics, data } = tensor;
    checkData(tensor);
    this.#positions.set(tensor, position);
    this.tensors.push(tensor);
    this.rows.push({
      dtype,
      shape,
      offset: data === null ? null : this.bytes,
      statistics: statistics === null ? null : exactStatistics(statistics),
    });
    if (data !== null) this.bytes = aligned(this.bytes + data.byteLength);
    return position;
  }

  /** Copies the elements to their places in `data`. */
  write(data: Uint8Array): void {
    const swap = !isLittleEndian();
    for (const [i, { data: array, dtype }] of this.tensors.entries()) {
      const offset = this.rows[i]?.offset ?? null;
      if (array === null || offset === null) continue;
      const place = data.subarray(offset, offset + array.byteLength);
      place.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      if (swap) swapBytes(place, bytesPerElement(dtype));
    }
  }
}

function exactStatistics(statistics: TraceStatistics): NonNullable<TensorRow["statistics"]> {
  const { min, max, mean, norm } = statistics;
  return {
    ...statistics,
    min: jsonNumber(min),
    max: jsonNumber(max),
    mean: jsonNumber(mean),
    norm: jsonNumber(norm),
  };
}

/** The trace as JSON, with positions in the table in place of tensors. */
function headOf(trace: Trace, table: TensorTable): object {
  const at = (tensor: TraceTensor): number => table.position(tensor);
  const nodes = trace.nodes.map((node) => nodeRow(node, node.value && at(node.value)));
  const passes = trace.passes.map(({ createGraph, seeds, steps }) => ({
    createGraph,
    seeds: seeds.map(({ node, sum }) => ({ node, sum: at(sum) })),
    steps: steps.map(({ node, adjoint, contributions }) => ({
      node,
      adjoint: at(adjoint),
      contributions: contributions.map(({ input, target, value, sum, ruleNanoseconds, sumNanoseconds }) => {
        return { input, target, value: at(value), sum: at(sum), ruleNanoseconds, sumNanoseconds };
      }),
    })),
  }));
  const metadata = Object.fromEntries(trace.metadata);
  return { format: "adjoint-trace", metadata, scopes: trace.scopes, nodes, passes, tensors: table.rows };
}

/** A node with its fields in one order, so that equal traces are equal files. */
function nodeRow(node: TraceNode, value: number | null): object {
  const { id, kind, op, name, scope, pass, attributes, inputs, shape, dtype, tracked, place } = node;
  const { nanoseconds, savedBytes, valueBytes } = node;
  return {
    ...{ id, kind, op, name, scope, pass, attributes, inputs, shape, dtype, tracked, value, place },
    ...{ nanoseconds, savedBytes, valueBytes },
  };
}

/** Holds the head to what a reader will hold it to. */
function check(head: object, table: TensorTable): void {
  const reader = new JsonReader("encodeTrace", head);
  inOneGo(readTensorTable(reader.field("tensors"), table.bytes));
  inOneGo(readHead(reader, table.tensors));
}

/** Refuses elements that are not those of the dtype and the shape. */
function checkData({ dtype, shape, data }: TraceTensor): void {
  if (data === null) return;
  if (
    data.length === sizeOf(shape) &&
    data.constructor === viewOf(dtype, new ArrayBuffer(0), 0, 0).constructor
  )
    return;
  const held = `${data.length} elements of a ${data.constructor.name}`;
  throw malformed("encodeTrace", `a tensor ${dtype} ${formatShape(shape)} holds ${held}`);
}
