/** The matmul primitive: a loop over the batch, and for each matrix the WebAssembly kernel where it pays. */
import type { View } from "../backend.ts";
import { allocate, type TypedArray } from "../dtype.ts";
import { Storage } from "../storage.ts";
import { arrayOf } from "./backend.ts";
import { matmulPlainFloat32, matmulPlainFloat64, matmulPlainInt32 } from "./matmul-plain.ts";
import { matmulWasm } from "./matmul-wasm.ts";
import { mergeAxes, walkBlocks } from "./strided.ts";

/** `[…, m, k]·[…, k, n] → […, m, n]`, one matrix after the other. */
export function matmulCpu(a: View, b: View): Storage {
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
