/**
 * Sorting positions along an axis: a stable merge sort, bottom up, of int32 positions by float64 keys (which hold every
 * element of every dtype). Descending order is ascending order of −x, which keeps equal elements in their order.
 */
import type { View } from "../backend.ts";
import { sizeOf } from "../shape.ts";
import { Storage } from "../storage.ts";
import { arrayOf, cpuBackend } from "./backend.ts";

/** Runs of this length are sorted by insertion before any are merged. */
const runLength = 8;

/** The sortIndices primitive. */
export function sortIndicesCpu(x: View, axis: number, descending: boolean): Storage {
  const length = x.shape[axis]!;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const all = arrayOf(cpuBackend.cast(x, "float64")) as Float64Array;
  const out = new Int32Array(all.length);
  const keys = new Float64Array(length);
  const [order, spare] = [new Int32Array(length), new Int32Array(length)];
  for (let start = 0; start < all.length; start += length * inner) {
    for (let first = start; first < start + inner; first++) {
      for (let i = 0, p = first; i < length; i++, p += inner) keys[i] = descending ? -all[p]! : all[p]!;
      const sorted = sortLine(keys, order, spare, descending);
      for (let i = 0, p = first; i < length; i++, p += inner) out[p] = sorted[i]!;
    }
  }
  return new Storage("int32", out.length, out);
}

/** The positions of `keys` in order, in one of the two arrays. NaN, which has no order, is set aside: last or first. */
function sortLine(keys: Float64Array, order: Int32Array, spare: Int32Array, nanFirst: boolean): Int32Array {
  const { length } = keys;
  let nans = 0;
  for (let i = 0; i < length; i++) if (Number.isNaN(keys[i]!)) nans++;
  const from = nanFirst ? nans : 0;
  const to = from + length - nans;
  for (let i = 0, number = from, nan = nanFirst ? 0 : to; i < length; i++) {
    const at = Number.isNaN(keys[i]!) ? nan++ : number++;
    order[at] = i;
    spare[at] = i;
  }
  return mergeSort(keys, order, spare, from, to);
}

function mergeSort(
  keys: Float64Array,
  order: Int32Array,
  spare: Int32Array,
  from: number,
  to: number,
): Int32Array {
  for (let low = from; low < to; low += runLength) insert(keys, order, low, Math.min(low + runLength, to));
  let [source, target] = [order, spare];
  for (let width = runLength; width < to - from; width *= 2) {
    for (let low = from; low < to; low += 2 * width) {
      merge(keys, source, target, low, Math.min(low + width, to), Math.min(low + 2 * width, to));
    }
    [source, target] = [target, source];
  }
  return source;
}

function insert(keys: Float64Array, order: Int32Array, low: number, high: number): void {
  for (let i = low + 1; i < high; i++) {
    const moved = order[i]!;
    let at = i;
    for (; at > low && keys[order[at - 1]!]! > keys[moved]!; at--) order[at] = order[at - 1]!;
    order[at] = moved;
  }
}

/** Merges source[low, middle) and source[middle, high); of equal keys the left one comes first. */
function merge(
  keys: Float64Array,
  source: Int32Array,
  target: Int32Array,
  low: number,
  middle: number,
  high: number,
): void {
  let [left, right] = [low, middle];
  for (let to = low; to < high; to++) {
    const takeLeft = right >= high || (left < middle && keys[source[left]!]! <= keys[source[right]!]!);
    target[to] = takeLeft ? source[left++]! : source[right++]!;
  }
}
