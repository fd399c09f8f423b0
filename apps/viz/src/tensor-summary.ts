/** One number and a strip of colours that stand for a whole tensor. */
import type { TraceTensor } from "@adjoint/autograd/graph";
import { blockExtremes, largestMagnitude } from "./tensor-cells.ts";

/** How many cells the strips of a card have. */
export const stripCells = 24;

/** One number that stands for a tensor: itself if it has one entry, its norm otherwise. */
export interface Summary {
  readonly number: number;
  /** The entry farthest from 0 of each of at most `stripCells` blocks; null where only statistics are there. */
  readonly cells: Float64Array | null;
  /** The largest finite |entry|. */
  readonly largest: number;
}

const summaries: WeakMap<TraceTensor, Summary> = new WeakMap();

/** The summary of a tensor, made once; null for one without numbers. */
export function summaryOf(tensor: TraceTensor): Summary | null {
  const known = summaries.get(tensor);
  if (known !== undefined) return known;
  const made = summarize(tensor);
  if (made !== null) summaries.set(tensor, made);
  return made;
}

function summarize(tensor: TraceTensor): Summary | null {
  const { data, statistics } = tensor;
  if (data === null) return statistics === null ? null : { number: statistics.norm, cells: null, largest: 0 };
  const cells = blockExtremes(
    data,
    { rows: 1, columns: data.length },
    { rows: 1, columns: stripCells },
  ).values;
  const number = isSingle(tensor) ? (data[0] ?? Number.NaN) : (statistics?.norm ?? Number.NaN);
  return { number, cells, largest: largestMagnitude(cells) };
}

/** Whether the tensor is one number. */
export function isSingle({ data, shape }: TraceTensor): boolean {
  return data?.length === 1 && shape.every((size) => size === 1);
}
