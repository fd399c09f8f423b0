/** The table of tensors in the head of a trace file. */
import { bytesPerElement, type DType, dtypes } from "@adjoint/tensor";
import type { JsonReader } from "./json-reader.ts";
import type { TraceStatistics } from "./trace.ts";
import { aligned, malformed, partsToAStep } from "./trace-file.ts";

/** A tensor of the table: where its elements lie behind the head, or null if only its statistics are there. */
export interface TensorEntry {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly statistics: TraceStatistics | null;
  readonly offset: number | null;
  readonly size: number;
}

const maximalRank = 64;

/**
 * The checked table, in steps.
 *
 * @param dataLength bytes behind the head; the tensors fill them in order, each at the next multiple of eight.
 */
export function* readTensorTable(list: JsonReader, dataLength: number): Generator<void, TensorEntry[]> {
  let filled = 0;
  const entries: TensorEntry[] = [];
  for (const item of list.items()) {
    if (entries.length % partsToAStep === 0) yield;
    const entry = readEntry(item);
    entries.push(entry);
    if (entry.offset === null) continue;
    if (entry.offset !== filled)
      throw item.field("offset").wrong(`is not ${filled}, where the last tensor ends`);
    // Compared before they are added: a size may be close to 2⁵³.
    const bytes = entry.size * bytesPerElement(entry.dtype);
    if (bytes > dataLength - filled) {
      const left = `${dataLength - filled} are left of the file`;
      throw malformed(
        list.op,
        `${item.path} of ${entry.size} ${entry.dtype} takes ${bytes} bytes, and ${left}`,
      );
    }
    filled = aligned(filled + bytes);
  }
  if (filled === dataLength) return entries;
  throw malformed(list.op, `the tensors take ${filled} bytes, and ${dataLength} follow the head`);
}

function readEntry(item: JsonReader): TensorEntry {
  const dtype = item.field("dtype").choice(dtypes);
  const shape = readShape(item.field("shape"));
  const size = shape.includes(0) ? 0 : shape.reduce((product, axis) => product * axis, 1);
  if (!Number.isSafeInteger(size)) throw item.field("shape").wrong("has too many elements");
  const statistics = item.field("statistics").orNull((value) => readStatistics(value, size));
  const offset = item.field("offset").orNull((value) => value.whole());
  return { dtype, shape, statistics, offset, size };
}

/** Sizes of at least 0. */
export function readShape(list: JsonReader): number[] {
  const axes = list.items();
  if (axes.length > maximalRank) throw list.wrong(`has more than ${maximalRank} axes`);
  return axes.map((axis) => axis.whole());
}

function readStatistics(item: JsonReader, size: number): TraceStatistics {
  const number = (name: string): number => item.field(name).number();
  const count = (name: string): number => item.field(name).whole(size);
  return {
    min: number("min"),
    max: number("max"),
    mean: number("mean"),
    norm: number("norm"),
    zeros: count("zeros"),
    nan: count("nan"),
    infinite: count("infinite"),
  };
}
