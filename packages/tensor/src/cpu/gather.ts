/** Reading and adding at indices along one axis. */
import type { View } from "../backend.ts";
import { allocate, type TypedArray } from "../dtype.ts";
import { IndexError } from "../errors.ts";
import { contiguousStrides, sizeOf } from "../shape.ts";
import { Storage } from "../storage.ts";
import { arrayOf, cpuBackend } from "./backend.ts";
import { columnStride, mergeAxes, rowStride, walkBlocks } from "./strided.ts";

/** Moves one run of elements: out[o + j·ro] (=, +=) x[p + j·rx + index·stride]. One literal for each element type. */
type GatherKernel = {
  run(x: TypedArray, index: Int32Array, out: TypedArray, run: Run): void;
}["run"];

interface Run {
  /** Elements of the run, and the first position and step of x, index and out. */
  count: number;
  x: number;
  xStep: number;
  index: number;
  indexStep: number;
  out: number;
  outStep: number;
  /** Stride of the indexed axis in x (gather) or out (scatter), and its size. */
  axisStride: number;
  axisSize: number;
}

/** The gather primitive. */
export function gatherCpu(x: View, index: View, axis: number): Storage {
  const out = allocate(x.dtype, sizeOf(index.shape));
  const others = x.strides.map((stride, i) => (i === axis ? 0 : stride));
  const run = startRun(x, axis);
  const from = arrayOf(x.storage);
  walkRuns(
    index,
    [others, index.strides, contiguousStrides(index.shape)],
    [x.offset, index.offset, 0],
    run,
    (at) => {
      if (run.indexStep === 0 && run.xStep === 1 && run.outStep === 1 && run.count > 8) {
        const first = run.x + checked("gather", at[run.index]!, run) * run.axisStride;
        out.set(from.subarray(first, first + run.count), run.out);
      } else {
        gatherKernel(from)(from, at, out, run);
      }
    },
  );
  return new Storage(x.dtype, out.length, out);
}

/** The scatterAdd primitive. */
export function scatterAddCpu(x: View, index: View, source: View, axis: number): Storage {
  const strides = contiguousStrides(x.shape);
  const copy = cpuBackend.cast(x, x.dtype);
  const out = arrayOf(copy);
  const run = startRun({ ...x, strides }, axis);
  const others = strides.map((stride, i) => (i === axis ? 0 : stride));
  const values = arrayOf(source.storage);
  walkRuns(index, [source.strides, index.strides, others], [source.offset, index.offset, 0], run, (at) => {
    scatterKernel(values)(values, at, out, run);
  });
  return copy;
}

function startRun(x: View, axis: number): Run {
  const none = { count: 0, x: 0, xStep: 0, index: 0, indexStep: 0, out: 0, outStep: 0 };
  return { ...none, axisStride: x.strides[axis]!, axisSize: x.shape[axis]! };
}

/** Calls `visit` with `run` set to each run of the index's elements, operands in the order x, index, out. */
function walkRuns(
  index: View,
  operands: readonly (readonly number[])[],
  starts: readonly number[],
  run: Run,
  visit: (index: Int32Array) => void,
): void {
  const array = arrayOf(index.storage);
  if (!(array instanceof Int32Array)) throw new TypeError("index storage is not int32");
  const walk = mergeAxes(index.shape, operands);
  const down = [0, 1, 2].map((i) => rowStride(walk, i));
  [run.xStep, run.indexStep, run.outStep] = [
    columnStride(walk, 0),
    columnStride(walk, 1),
    columnStride(walk, 2),
  ];
  walkBlocks(walk, starts, (rows, columns, offsets) => {
    run.count = columns;
    for (let i = 0; i < rows; i++) {
      run.x = offsets[0]! + i * down[0]!;
      run.index = offsets[1]! + i * down[1]!;
      run.out = offsets[2]! + i * down[2]!;
      visit(array);
    }
  });
}

function checked(op: string, index: number, run: Run): number {
  if (index >= 0 && index < run.axisSize) return index;
  throw outside(op, index, run);
}

// On its own, so that the check is small enough to be inlined.
function outside(op: string, index: number, run: Run): IndexError {
  return new IndexError(
    op,
    `index holds ${index}, the axis has size ${run.axisSize}.`,
    run.axisSize === 0 ? "The axis is empty." : `Every index must be from 0 to ${run.axisSize - 1}.`,
    index,
    run.axisSize,
  );
}

function gatherKernel(x: TypedArray): GatherKernel {
  if (x instanceof Float32Array) return gatherFloat32;
  if (x instanceof Float64Array) return gatherFloat64;
  return gatherInteger;
}

function gatherFloat32(x: Float32Array, index: Int32Array, out: Float32Array, run: Run): void {
  const { count, xStep, indexStep, outStep, axisStride } = run;
  let { x: p, index: i, out: o } = run;
  for (let j = 0; j < count; j++, p += xStep, i += indexStep, o += outStep) {
    out[o] = x[p + checked("gather", index[i]!, run) * axisStride]!;
  }
}

function gatherFloat64(x: Float64Array, index: Int32Array, out: Float64Array, run: Run): void {
  const { count, xStep, indexStep, outStep, axisStride } = run;
  let { x: p, index: i, out: o } = run;
  for (let j = 0; j < count; j++, p += xStep, i += indexStep, o += outStep) {
    out[o] = x[p + checked("gather", index[i]!, run) * axisStride]!;
  }
}

function gatherInteger(
  x: Int32Array | Uint8Array,
  index: Int32Array,
  out: Int32Array | Uint8Array,
  run: Run,
): void {
  const { count, xStep, indexStep, outStep, axisStride } = run;
  let { x: p, index: i, out: o } = run;
  for (let j = 0; j < count; j++, p += xStep, i += indexStep, o += outStep) {
    out[o] = x[p + checked("gather", index[i]!, run) * axisStride]!;
  }
}

function scatterKernel(source: TypedArray): GatherKernel {
  if (source instanceof Float32Array) return scatterFloat32;
  if (source instanceof Float64Array) return scatterFloat64;
  return scatterInteger;
}

function scatterFloat32(source: Float32Array, index: Int32Array, out: Float32Array, run: Run): void {
  const { count, xStep, indexStep, outStep, axisStride } = run;
  let { x: p, index: i, out: o } = run;
  for (let j = 0; j < count; j++, p += xStep, i += indexStep, o += outStep) {
    const at = o + checked("scatterAdd", index[i]!, run) * axisStride;
    out[at] = out[at]! + source[p]!;
  }
}

function scatterFloat64(source: Float64Array, index: Int32Array, out: Float64Array, run: Run): void {
  const { count, xStep, indexStep, outStep, axisStride } = run;
  let { x: p, index: i, out: o } = run;
  for (let j = 0; j < count; j++, p += xStep, i += indexStep, o += outStep) {
    const at = o + checked("scatterAdd", index[i]!, run) * axisStride;
    out[at] = out[at]! + source[p]!;
  }
}

function scatterInteger(
  source: Int32Array | Uint8Array,
  index: Int32Array,
  out: Int32Array | Uint8Array,
  run: Run,
): void {
  const { count, xStep, indexStep, outStep, axisStride } = run;
  let { x: p, index: i, out: o } = run;
  for (let j = 0; j < count; j++, p += xStep, i += indexStep, o += outStep) {
    const at = o + checked("scatterAdd", index[i]!, run) * axisStride;
    out[at] = out[at]! + source[p]!;
  }
}
