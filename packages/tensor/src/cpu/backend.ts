/** The CPU backend: the primitives computed at once, in typed arrays of their own for each result. */
import type { AssignMode, Backend, BinaryOp, Piece, UnaryOp, View } from "../backend.ts";
import { allocate, binaryDType, type DType, isFloat, type TypedArray, unaryDType } from "../dtype.ts";
import { AdjointError } from "../errors.ts";
import { contiguousStrides, isContiguous, sizeOf } from "../shape.ts";
import { Storage } from "../storage.ts";
import { cumulateCpu } from "./cumulate.ts";
import { gatherCpu, scatterAddCpu } from "./gather.ts";
import {
  binaryKernels,
  type CopyKernel,
  castKernels,
  type Element,
  flatUpdateKernels,
  selectKernels,
  unaryKernels,
  updateKernels,
} from "./kernels.ts";
import { matmulCpu } from "./matmul.ts";
import { randomBitsCpu } from "./philox.ts";
import { reduceCpu } from "./reduce.ts";
import { sortIndicesCpu } from "./sort.ts";
import { columnStride, mergeAxes, rowStride, walkBlocks } from "./strided.ts";

/** The backend that is always there. Its storages hold typed arrays, which the collector frees. */
export const cpuBackend: Backend = {
  name: "cpu",
  constant: (array, dtype) => new Storage(dtype, array.length, array),
  full(length, dtype, value) {
    const array = allocate(dtype, length);
    if (value !== 0 || Object.is(value, -0)) array.fill(value);
    return new Storage(dtype, length, array);
  },
  range(length, dtype, start, step) {
    const array = allocate(dtype, length);
    for (let i = 0; i < length; i++) array[i] = start + step * i;
    return new Storage(dtype, length, array);
  },
  unary,
  binary,
  select,
  reduce: reduceCpu,
  cumulate: cumulateCpu,
  sortIndices: sortIndicesCpu,
  matmul: matmulCpu,
  gather: gatherCpu,
  scatterAdd: scatterAddCpu,
  place,
  cast,
  randomBits: randomBitsCpu,
  assign,
  read: (x) => arrayOf(cast(x, x.dtype)),
};

/** The numbers of a storage. @throws {AdjointError} if it has none, being of another backend. */
export function arrayOf(storage: Storage): TypedArray {
  if (storage.array !== null) return storage.array;
  const { why, remedy } = storage.absence;
  throw new AdjointError("cpu", `a tensor holds no numbers: ${why}`, remedy);
}

/** The element type whose loops serve a dtype. */
export function elementOf(dtype: DType): Element {
  return dtype === "bool" ? "uint8" : dtype;
}

function result(dtype: DType, array: TypedArray): Storage {
  return new Storage(dtype, array.length, array);
}

/** The numbers of a Float32Array as the int32 words that hold them; other arrays as they are. */
function bitsOf(array: TypedArray): TypedArray {
  return array instanceof Float32Array ? new Int32Array(array.buffer, array.byteOffset, array.length) : array;
}

function missing(op: string, dtype: DType): AdjointError {
  return new AdjointError(
    op,
    `there is no loop for ${dtype}.`,
    'Cast the operands, for example with cast("float32").',
  );
}

function unary(op: UnaryOp, x: View): Storage {
  const kernel = unaryKernels[op]?.[elementOf(x.dtype)];
  if (kernel === undefined) throw missing(op, x.dtype);
  const dtype = unaryDType(op, x.dtype);
  const size = sizeOf(x.shape);
  const array = allocate(dtype, size);
  // The loop of a float32 relu works on bits.
  const [from, out] =
    op === "relu" ? [bitsOf(arrayOf(x.storage)), bitsOf(array)] : [arrayOf(x.storage), array];
  if (isContiguous(x.shape, x.strides)) {
    kernel(from, out, 1, size, x.offset, 0, 1, 0);
    return result(dtype, array);
  }
  const walk = mergeAxes(x.shape, [x.strides]);
  const down = rowStride(walk, 0);
  const right = columnStride(walk, 0);
  let o = 0;
  walkBlocks(walk, [x.offset], (rows, columns, offsets) => {
    kernel(from, out, rows, columns, offsets[0]!, down, right, o);
    o += rows * columns;
  });
  return result(dtype, array);
}

function binary(op: BinaryOp, a: View, b: View): Storage {
  const kernel = binaryKernels[op]?.[elementOf(a.dtype)];
  if (kernel === undefined) throw missing(op, a.dtype);
  const dtype = binaryDType(op, a.dtype);
  const size = sizeOf(a.shape);
  const out = allocate(dtype, size);
  const left = arrayOf(a.storage);
  const right = arrayOf(b.storage);
  if (isContiguous(a.shape, a.strides) && isContiguous(b.shape, b.strides)) {
    kernel(left, right, out, 1, size, a.offset, 0, 1, b.offset, 0, 1, 0);
    return result(dtype, out);
  }
  const walk = mergeAxes(a.shape, [a.strides, b.strides]);
  const [downA, rightA] = [rowStride(walk, 0), columnStride(walk, 0)];
  const [downB, rightB] = [rowStride(walk, 1), columnStride(walk, 1)];
  let o = 0;
  walkBlocks(walk, [a.offset, b.offset], (rows, columns, offsets) => {
    kernel(left, right, out, rows, columns, offsets[0]!, downA, rightA, offsets[1]!, downB, rightB, o);
    o += rows * columns;
  });
  return result(dtype, out);
}

function select(condition: View, a: View, b: View): Storage {
  const element = elementOf(a.dtype);
  const kernel = selectKernels[element === "float32" ? "int32" : element];
  const array = allocate(a.dtype, sizeOf(a.shape));
  const c = arrayOf(condition.storage);
  if (!(c instanceof Uint8Array)) throw missing("select", condition.dtype);
  const [left, right, out] = [bitsOf(arrayOf(a.storage)), bitsOf(arrayOf(b.storage)), bitsOf(array)];
  const walk = mergeAxes(a.shape, [condition.strides, a.strides, b.strides]);
  const down = [0, 1, 2].map((i) => rowStride(walk, i));
  const step = [0, 1, 2].map((i) => columnStride(walk, i));
  let o = 0;
  walkBlocks(walk, [condition.offset, a.offset, b.offset], (rows, columns, at) => {
    kernel(
      c,
      left,
      right,
      out,
      rows,
      columns,
      at[0]!,
      down[0]!,
      step[0]!,
      at[1]!,
      down[1]!,
      step[1]!,
      at[2]!,
      down[2]!,
      step[2]!,
      o,
    );
    o += rows * columns;
  });
  return result(a.dtype, array);
}

/** Runs a copy kernel over every element of `source`, writing where the target's strides say. */
function copyInto(
  kernel: CopyKernel,
  source: View,
  out: TypedArray,
  outStrides: readonly number[],
  outOffset: number,
  factor = 1,
  decay = 1,
): void {
  const from = arrayOf(source.storage);
  const walk = mergeAxes(source.shape, [source.strides, outStrides]);
  const [down, right] = [rowStride(walk, 0), columnStride(walk, 0)];
  const [downOut, rightOut] = [rowStride(walk, 1), columnStride(walk, 1)];
  walkBlocks(walk, [source.offset, outOffset], (rows, columns, offsets) => {
    kernel(from, out, rows, columns, offsets[0]!, down, right, offsets[1]!, downOut, rightOut, factor, decay);
  });
}

function castKernel(from: DType, to: DType): CopyKernel {
  return castKernels[elementOf(from)][from === to ? elementOf(to) : to];
}

function cast(x: View, dtype: DType): Storage {
  const size = sizeOf(x.shape);
  if (x.dtype === dtype && isContiguous(x.shape, x.strides)) {
    return result(dtype, arrayOf(x.storage).slice(x.offset, x.offset + size));
  }
  const out = allocate(dtype, size);
  copyInto(castKernel(x.dtype, dtype), x, out, contiguousStrides(x.shape), 0);
  return result(dtype, out);
}

function place(length: number, dtype: DType, fill: number, pieces: readonly Piece[]): Storage {
  const out = allocate(dtype, length);
  if (fill !== 0 || Object.is(fill, -0)) out.fill(fill);
  for (const { source, strides, offset } of pieces)
    copyInto(castKernel(dtype, dtype), source, out, strides, offset);
  return result(dtype, out);
}

/** Up to here two subarrays cost more than the bounds checks that they save. */
const smallUpdate = 64;

function assign(target: View, source: View, mode: AssignMode, scale?: View, decay?: View): void {
  const out = arrayOf(target.storage);
  const size = sizeOf(target.shape);
  const inLine = isContiguous(target.shape, target.strides) && isContiguous(source.shape, source.strides);
  if (mode === "copy" && inLine) {
    out.set(arrayOf(source.storage).subarray(source.offset, source.offset + size), target.offset);
    return;
  }
  const factor = scale === undefined ? 1 : arrayOf(scale.storage)[scale.offset]!;
  const kept = decay === undefined ? 1 : arrayOf(decay.storage)[decay.offset]!;
  const { dtype } = target;
  if (inLine && size > smallUpdate && (mode === "add" || mode === "sub") && isFloat(dtype)) {
    const from = arrayOf(source.storage).subarray(source.offset, source.offset + size);
    flatUpdateKernels[mode][dtype](from, out.subarray(target.offset, target.offset + size), factor, kept);
    return;
  }
  const kernel = mode === "copy" ? castKernel(dtype, dtype) : updateKernels[mode][elementOf(dtype)];
  copyInto(kernel, source, out, target.strides, target.offset, factor, kept);
}
