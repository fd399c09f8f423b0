/** The matmul primitive: a loop over the batch, and for each matrix the WebAssembly kernel where it pays. */
import type { View } from "../backend.ts";
import { allocate, type TypedArray } from "../dtype.ts";
import { Storage } from "../storage.ts";
import { arrayOf } from "./backend.ts";
import { matmulPlainFloat32, matmulPlainFloat64, matmulPlainInt32 } from "./matmul-plain.ts";
import { matmulWasm } from "./matmul-wasm.ts";
import { mergeAxes, walkBlocks } from "./strided.ts";

/** `[…, m, k]·[…, k, n] → […, m, n]`, one matrix after the other, or all at once where one operand is the same for all. */
export function matmulCpu(left: View, right: View): Storage {
  const { a, b } = asOneProduct(left, right);
  const rank = a.shape.length;
  const batch = a.shape.slice(0, -2);
  const [m, k, n] = [a.shape[rank - 2]!, a.shape[rank - 1]!, b.shape[rank - 1]!];
  const count = batch.reduce((product, size) => product * size, 1);
  const c = allocate(a.dtype, count * m * n);
  if (c.length === 0 || k === 0) return new Storage(a.dtype, c.length, c);
  const walk = mergeAxes(batch, [a.strides.slice(0, -2), b.strides.slice(0, -2)]);
  const task: Task = {
    m,
    k,
    n,
    a: arrayOf(a.storage),
    aOffset: a.offset,
    aRowStride: a.strides[rank - 2]!,
    aColumnStride: a.strides[rank - 1]!,
    b: arrayOf(b.storage),
    bOffset: b.offset,
    bRowStride: b.strides[rank - 2]!,
    bColumnStride: b.strides[rank - 1]!,
    c,
    cOffset: 0,
  };
  const wide = { shape: [...walk.shape, 1, 1], strides: walk.strides.map((strides) => [...strides, 0, 0]) };
  walkBlocks(wide, [a.offset, b.offset], (_rows, _columns, offsets) => {
    task.aOffset = offsets[0]!;
    task.bOffset = offsets[1]!;
    multiply(task);
    task.cOffset += m * n;
  });
  return new Storage(a.dtype, c.length, c);
}

/**
 * The batch as one product, where all its matrices meet one and the same: `[b, m, k]·[k, n]` is `[b · m, k]·[k, n]`, and
 * `[m, k]·[b, k, 1]`, a matrix times many vectors, is `[b, k]·[k, m]`. Elements lie, and are summed, as they would be.
 */
function asOneProduct(a: View, b: View): { readonly a: View; readonly b: View } {
  const rank = a.shape.length;
  if (rank <= 2) return { a, b };
  const shared = (x: View): boolean =>
    x.shape.every((size, axis) => axis >= rank - 2 || size === 1 || x.strides[axis] === 0);
  const rows = shared(b) ? rowsOf(a, rank - 2) : null;
  if (rows !== null) return { a: rows, b: matrixOf(b, rank - 2, rank - 1) };
  const vectors = b.shape[rank - 1] === 1 && shared(a) ? rowsOf(transposed(b), rank - 2) : null;
  return vectors === null ? { a, b } : { a: vectors, b: matrixOf(a, rank - 1, rank - 2) };
}

/** x with all axes up to `last` as one, where strides show them so, and its last axis; else null. */
function rowsOf(x: View, last: number): View | null {
  const walk = mergeAxes(x.shape.slice(0, last + 1), [x.strides.slice(0, last + 1)]);
  if (walk.shape.length !== 1) return null;
  const shape = [walk.shape[0]!, x.shape[last + 1]!];
  return { ...x, shape, strides: [walk.strides[0]![0]!, x.strides[last + 1]!] };
}

/** The matrix of axes p and q; the others are of size 1 or repeat it. */
function matrixOf(x: View, p: number, q: number): View {
  return { ...x, shape: [x.shape[p]!, x.shape[q]!], strides: [x.strides[p]!, x.strides[q]!] };
}

/** x with its last two axes swapped. */
function transposed(x: View): View {
  const swap = (list: readonly number[]): number[] => [...list.slice(0, -2), list.at(-1)!, list.at(-2)!];
  return { ...x, shape: swap(x.shape), strides: swap(x.strides) };
}

/** One matrix product over arrays of any type. */
interface Task {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: TypedArray;
  aOffset: number;
  readonly aRowStride: number;
  readonly aColumnStride: number;
  readonly b: TypedArray;
  bOffset: number;
  readonly bRowStride: number;
  readonly bColumnStride: number;
  readonly c: TypedArray;
  cOffset: number;
}

function multiply(task: Task): void {
  const { a, b, c } = task;
  if (a instanceof Float32Array && b instanceof Float32Array && c instanceof Float32Array) {
    const typed = { ...task, a, b, c };
    if (!matmulWasm(typed)) matmulPlainFloat32(typed);
  } else if (a instanceof Float64Array && b instanceof Float64Array && c instanceof Float64Array) {
    matmulPlainFloat64({ ...task, a, b, c });
  } else if (a instanceof Int32Array && b instanceof Int32Array && c instanceof Int32Array) {
    matmulPlainInt32({ ...task, a, b, c });
  }
}
