/**
 * Running sums and products. The result is seen as [outer, length, inner], inner being all that lies behind the axis, and
 * each slice is added to the next in order of memory.
 */
import type { CumulateOp, View } from "../backend.ts";
import { allocate } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { Storage } from "../storage.ts";
import { arrayOf, cpuBackend } from "./backend.ts";

/** The cumulate primitive. Floats go through a float64 copy and are rounded once. */
export function cumulateCpu(op: CumulateOp, x: View, axis: number): Storage {
  const length = x.shape[axis]!;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const isFloat = x.dtype === "float32" || x.dtype === "float64";
  const copy = cpuBackend.cast(x, isFloat ? "float64" : x.dtype);
  const array = arrayOf(copy);
  if (array instanceof Float64Array) {
    if (op === "sum") addUpFloat64(array, length, inner);
    else multiplyUpFloat64(array, length, inner);
  } else if (array instanceof Int32Array) {
    if (op === "sum") addUpInt32(array, length, inner);
    else multiplyUpInt32(array, length, inner);
  }
  if (copy.dtype === x.dtype) return copy;
  const out = allocate(x.dtype, array.length);
  out.set(array);
  return new Storage(x.dtype, out.length, out);
}

function addUpFloat64(a: Float64Array, length: number, inner: number): void {
  for (let start = 0; start < a.length; start += length * inner) {
    for (let p = start + inner; p < start + length * inner; p++) a[p] = a[p - inner]! + a[p]!;
  }
}

function multiplyUpFloat64(a: Float64Array, length: number, inner: number): void {
  for (let start = 0; start < a.length; start += length * inner) {
    for (let p = start + inner; p < start + length * inner; p++) a[p] = a[p - inner]! * a[p]!;
  }
}

function addUpInt32(a: Int32Array, length: number, inner: number): void {
  for (let start = 0; start < a.length; start += length * inner) {
    for (let p = start + inner; p < start + length * inner; p++) a[p] = a[p - inner]! + a[p]!;
  }
}

function multiplyUpInt32(a: Int32Array, length: number, inner: number): void {
  for (let start = 0; start < a.length; start += length * inner) {
    for (let p = start + inner; p < start + length * inner; p++) a[p] = Math.imul(a[p - inner]!, a[p]!);
  }
}
