/**
 * Reductions. The reduced axes are brought to the end, so that each result is a fold over a small strided block.
 *
 * Float32 sums run in a float64 accumulator (error below half a float32 ulp for up to 2²⁹ terms), float64 sums
 * pairwise in blocks (error O(log n)·ε instead of O(n)·ε). Source for the latter: N. J. Higham, The accuracy of
 * floating point summation, SIAM J. Sci. Comput. 14 (1993), 783–799.
 */
import type { ReduceOp, View } from "../backend.ts";
import { allocate, type TypedArray } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { Storage } from "../storage.ts";
import { arrayOf, elementOf } from "./backend.ts";
import { foldKernels, foldStart } from "./kernels.ts";
import { mergeAxes, walkBlocks } from "./strided.ts";

/** A sum of `length` elements from p on, `right` apart, by dtype; each loop sees arrays of one type. */
type SumKernel = { run(a: TypedArray, p: number, length: number, right: number): number }["run"];

/** The block below which a float64 sum is a plain loop. */
const pairwiseBlock = 128;

function sumFloat64(a: Float64Array, p: number, length: number, right: number): number {
  if (length > pairwiseBlock) {
    const half = length >> 1;
    return sumFloat64(a, p, half, right) + sumFloat64(a, p + half * right, length - half, right);
  }
  let sum = 0;
  for (let j = 0; j < length; j++, p += right) sum += a[p]!;
  return sum;
}

function sumFloat32(a: Float32Array, p: number, length: number, right: number): number {
  let sum = 0;
  for (let j = 0; j < length; j++, p += right) sum += a[p]!;
  return sum;
}

function sumInt32(a: Int32Array, p: number, length: number, right: number): number {
  let sum = 0;
  for (let j = 0; j < length; j++, p += right) sum = (sum + a[p]!) | 0;
  return sum;
}

const sumKernels: Record<"float32" | "float64" | "int32", SumKernel> = {
  float32: sumFloat32,
  float64: sumFloat64,
  int32: sumInt32,
};

/** The reduce primitive. */
export function reduceCpu(op: ReduceOp, x: View, axes: readonly number[]): Storage {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const outer = pick(x, kept);
  const inner = pick(x, axes);
  const dtype = op === "argmax" || op === "argmin" ? "int32" : x.dtype;
  const out = allocate(dtype, sizeOf(outer.shape));
  if (op === "sum" && sumColumns(x, outer, inner, out)) return new Storage(dtype, out.length, out);
  const fold = foldOf(op, x, inner);
  let o = 0;
  // Each outer element on its own: a walk of the kept axes with a trailing axis of one element.
  const walk = mergeAxes(outer.shape, [outer.strides]);
  const down = walk.shape.length > 1 ? walk.strides[0]![walk.shape.length - 2]! : 0;
  const right = walk.shape.length > 0 ? walk.strides[0]![walk.shape.length - 1]! : 0;
  walkBlocks(walk, [x.offset], (rows, columns, offsets) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) out[o++] = fold(offsets[0]! + i * down + j * right);
    }
  });
  return new Storage(dtype, out.length, out);
}

interface AxesOf {
  readonly shape: number[];
  readonly strides: number[];
}

function pick(x: View, axes: readonly number[]): AxesOf {
  return { shape: axes.map((axis) => x.shape[axis]!), strides: axes.map((axis) => x.strides[axis]!) };
}

/** The fold of the reduced block whose first element is at p. */
function foldOf(op: ReduceOp, x: View, inner: AxesOf): (p: number) => number {
  const array = arrayOf(x.storage);
  const block = mergeAxes(inner.shape, [inner.strides]);
  const rank = block.shape.length;
  const length = rank === 0 ? 1 : block.shape[rank - 1]!;
  const right = rank === 0 ? 0 : block.strides[0]![rank - 1]!;
  const empty = block.shape.includes(0);
  if (op === "argmax" || op === "argmin") {
    const kernel = foldKernels[op]![elementOf(x.dtype)]!;
    return (p) => kernel(array, p, length, right, 0);
  }
  if (op === "sum") {
    const kernel = sumKernels[x.dtype === "float32" || x.dtype === "float64" ? x.dtype : "int32"];
    if (empty) return () => 0;
    if (rank <= 1) return (p) => kernel(array, p, length, right);
    return (p) => sumLines(kernel, array, block.shape, block.strides[0]!, 0, p);
  }
  const kernel = foldKernels[op]![elementOf(x.dtype)]!;
  const start = foldStart[op];
  if (empty) return () => start;
  if (rank <= 1) return (p) => kernel(array, p, length, right, start);
  const foldLines = (axis: number, p: number, acc: number): number => {
    if (axis === rank - 1) return kernel(array, p, length, right, acc);
    const stride = block.strides[0]![axis]!;
    for (let i = 0; i < block.shape[axis]!; i++) acc = foldLines(axis + 1, p + i * stride, acc);
    return acc;
  };
  return (p) => foldLines(0, p, start);
}

/** Pairwise over the lines of a block of several axes; lines are summed by the kernel. */
function sumLines(
  kernel: SumKernel,
  array: TypedArray,
  shape: readonly number[],
  strides: readonly number[],
  axis: number,
  p: number,
): number {
  if (axis === shape.length - 1) return kernel(array, p, shape[axis]!, strides[axis]!);
  const between = (from: number, to: number): number => {
    if (to - from === 1) return sumLines(kernel, array, shape, strides, axis + 1, p + from * strides[axis]!);
    const middle = (from + to) >> 1;
    return between(from, middle) + between(middle, to);
  };
  return between(0, shape[axis]!);
}

/**
 * Sums down the columns of a row-major float32 matrix row by row, as the gradient of a bias needs it: memory is read
 * in order, and each column has its float64 accumulator. False where x does not have that form.
 */
function sumColumns(x: View, outer: AxesOf, inner: AxesOf, out: TypedArray): boolean {
  const array = arrayOf(x.storage);
  if (!(array instanceof Float32Array)) return false;
  const down = mergeAxes(inner.shape, [inner.strides]);
  const across = mergeAxes(outer.shape, [outer.strides]);
  if (down.shape.length !== 1 || across.shape.length !== 1 || across.strides[0]![0] !== 1) return false;
  const [rows, stride, columns] = [down.shape[0]!, down.strides[0]![0]!, across.shape[0]!];
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const p = x.offset + i * stride;
    for (let j = 0; j < columns; j++) sums[j] = sums[j]! + array[p + j]!;
  }
  out.set(sums);
  return true;
}
