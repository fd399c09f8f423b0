/** Single entries of a trace's tensors: where they stand, and which of them are NaN or infinite. Pure. */
import type { TraceTensor } from "@adjoint/autograd/graph";

/** One entry of a tensor. */
export interface Entry {
  /** One position an axis; empty for a single number. */
  readonly index: readonly number[];
  readonly value: number;
}

/** What counts as bad: NaN alone, or an infinity too. */
export interface Badness {
  readonly infinities: boolean;
}

/** How many bad entries there are, known even of tensors whose elements were not kept; 0 where there are no numbers. */
export function badCount(tensor: TraceTensor | null | undefined, { infinities }: Badness): number {
  const statistics = tensor?.statistics;
  if (statistics == null) return 0;
  return statistics.nan + (infinities ? statistics.infinite : 0);
}

/** Whether one number is bad. */
export function isBad(x: number, { infinities }: Badness): boolean {
  return Number.isNaN(x) || (infinities && !Number.isFinite(x));
}

/** How many elements a shape has. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The position on each axis of the element at `offset` in row-major order. */
export function indexAt(offset: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = offset;
  for (const size of shape.toReversed()) {
    index.push(rest % size);
    rest = Math.floor(rest / size);
  }
  return index.reverse();
}

/**
 * The entry that a broadcast shows at `index`: the last axes of `tensor` lie on the last of `index`, those of size 1 stay.
 *
 * @returns null where the elements were not kept, or the shape does not broadcast to where `index` lies.
 */
export function broadcastEntry(tensor: TraceTensor, index: readonly number[]): Entry | null {
  const { data, shape } = tensor;
  const shift = index.length - shape.length;
  if (data === null || shift < 0) return null;
  let offset = 0;
  const own: number[] = [];
  for (const [axis, size] of shape.entries()) {
    const at = size === 1 ? 0 : (index[axis + shift] ?? 0);
    if (at >= size) return null;
    own.push(at);
    offset = offset * size + at;
  }
  const value = data[offset];
  return value === undefined ? null : { index: own, value };
}

/** The first entries, at most `limit`, for which `wanted` holds; none where the elements were not kept. */
export function entriesWhere(
  { data, shape }: TraceTensor,
  wanted: (value: number, offset: number) => boolean,
  limit: number,
): Entry[] {
  const found: Entry[] = [];
  for (let offset = 0; data !== null && offset < data.length && found.length < limit; offset++) {
    const value = data[offset] ?? 0;
    if (wanted(value, offset)) found.push({ index: indexAt(offset, shape), value });
  }
  return found;
}

/** The entry farthest from 0, a NaN before all; null for an empty tensor and one whose elements were not kept. */
export function farthestEntry({ data, shape }: TraceTensor): Entry | null {
  if (data === null || data.length === 0) return null;
  let farthest = 0;
  for (let i = 0; i < data.length; i++) {
    const [here, there] = [data[i] ?? 0, data[farthest] ?? 0];
    if (Number.isNaN(there)) break;
    if (Number.isNaN(here) || Math.abs(here) > Math.abs(there)) farthest = i;
  }
  return { index: indexAt(farthest, shape), value: data[farthest] ?? 0 };
}
