/**
 * The float32 matrix product by WebAssembly SIMD. Operands live in ordinary typed arrays, so they are copied into one WebAssembly
 * memory, and the product out of it: a few per cent of the time at the sizes that pay. Large products go through in pieces, so
 * that the memory stays small. Program and memory are made at first use.
 */
import { buildMatmulModule, PANEL_BYTES, SLACK_BYTES } from "./matmul-kernel.ts";
import { ACCUMULATION_BLOCK, type MatmulTask } from "./matmul-task.ts";

export type { MatmulTask } from "./matmul-task.ts";

/**
 * Products m·k·n below which the plain kernel is as fast. Measured on Node 20 by `bench/matmul.ts --sweep`, copies included:
 * a call costs 0.3 µs, in which the plain kernel does 30 to 70 products, depending on the shape.
 */
const MINIMUM_PRODUCTS = 64;
/** Pieces of an operand have at most so many rows and columns, */
const PIECE_SIDE = 1024;
/** and so many numbers, 2 MiB; */
const PIECE_NUMBERS = 2 ** 19;
/** those of longer sums, of which each number is used in few products, 1 MiB: they should stay in the second-level cache. */
const DEEP_PIECE_NUMBERS = 2 ** 18;
const PAGE_BYTES = 2 ** 16;
/** 16 MiB, twice what pieces of such sizes can need. */
const MAXIMUM_PAGES = 256;

interface Engine {
  readonly memory: WebAssembly.Memory;
  /** The memory as numbers: made anew when it grows. */
  floats: Float32Array;
  readonly run: (...args: readonly number[]) => void;
  readonly compact: (c: number, m: number, n: number) => void;
}

/** undefined until first asked for, null where WebAssembly SIMD is missing or forbidden. */
let engine: Engine | null | undefined;

/**
 * C[m, n] = A[m, k] · B[k, n] in float32 with a SIMD kernel: the bits of {@link MatmulTask}. Writes `c`.
 * @param minimumProducts m·k·n below which it does not try; at least 1. Given by tests and by the benchmark that found the default
 * @returns false, with `c` untouched, when WebAssembly SIMD is missing or the product is too small to pay for the copies: the caller
 * then uses `matmulPlainFloat32`
 */
export function matmulWasm(task: MatmulTask, minimumProducts: number = MINIMUM_PRODUCTS): boolean {
  const { m, k, n } = task;
  if (m * k * n < minimumProducts) return false;
  if (engine === undefined) engine = createEngine();
  if (engine === null) return false;
  const depth = k <= PIECE_SIDE ? k : deepPiece(Math.min(Math.max(m, n), PIECE_SIDE));
  const most = Math.min(PIECE_SIDE, Math.floor(PIECE_NUMBERS / depth / 8) * 8);
  const [rows, columns] = [Math.min(m, most), Math.min(n, most)];
  for (let row = 0; row < m; row += rows) {
    for (let column = 0; column < n; column += columns) {
      multiplyPiece(engine, task, row, Math.min(rows, m - row), column, Math.min(columns, n - column), depth);
    }
  }
  return true;
}

/** Whole accumulation blocks, so that the order of additions does not depend on the pieces. */
function deepPiece(side: number): number {
  const blocks = Math.floor(DEEP_PIECE_NUMBERS / side / ACCUMULATION_BLOCK);
  return Math.max(1, blocks) * ACCUMULATION_BLOCK;
}

function createEngine(): Engine | null {
  // Outside of the try: a program put together wrongly is our mistake, and should be seen.
  const bytes = buildMatmulModule(MAXIMUM_PAGES).toBytes();
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES });
    const module = new WebAssembly.Module(bytes);
    const { run, compact } = new WebAssembly.Instance(module, { env: { memory } }).exports;
    return {
      memory,
      floats: new Float32Array(memory.buffer),
      run: run as Engine["run"],
      compact: compact as Engine["compact"],
    };
  } catch {
    // There may be no WebAssembly or no SIMD in it, a page's content security policy may forbid compiling, and the memory may not be
    // granted: the plain kernel needs none of it.
    return null;
  }
}

/** The rectangle of C at (row, column), along all of k in steps of `depth`. */
function multiplyPiece(
  engine: Engine,
  task: MatmulTask,
  row: number,
  rows: number,
  column: number,
  columns: number,
  depth: number,
): void {
  const { k, n, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride } = task;
  const padded = Math.ceil(columns / 4) * 4;
  const aAt = PANEL_BYTES / 4;
  const bAt = aAt + rows * depth;
  const cAt = bAt + depth * columns;
  const floats = reserve(engine, 4 * (cAt + rows * padded) + SLACK_BYTES);
  for (let step = 0; step < k; step += depth) {
    const part = Math.min(depth, k - step);
    const aFrom = task.aOffset + row * aRowStride + step * aColumnStride;
    const bFrom = task.bOffset + step * bRowStride + column * bColumnStride;
    const [aRow, aColumn] = copyIn(floats, aAt, a, aFrom, rows, part, aRowStride, aColumnStride);
    const [bRow, bColumn] = copyIn(floats, bAt, b, bFrom, part, columns, bRowStride, bColumnStride);
    engine.run(4 * aAt, aRow, aColumn, 4 * bAt, bRow, bColumn, 4 * cAt, rows, part, columns, step);
  }
  const to = task.cOffset + row * n + column;
  if (columns === n) {
    if (padded !== n) engine.compact(4 * cAt, rows, n);
    task.c.set(floats.subarray(cAt, cAt + rows * n), to);
  } else {
    for (let r = 0; r < rows; r++) {
      const from = cAt + r * padded;
      task.c.set(floats.subarray(from, from + columns), to + r * n);
    }
  }
}

/** The memory as numbers, grown to at least so many bytes. */
function reserve(engine: Engine, bytes: number): Float32Array {
  const { memory } = engine;
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) {
    memory.grow(Math.ceil(missing / PAGE_BYTES));
    engine.floats = new Float32Array(memory.buffer);
  }
  return engine.floats;
}

/**
 * Copies a matrix to float index `at` of the memory, densely, along its contiguous axis if it has one.
 * @returns its row and column stride there, in bytes, one of which is 4
 */
function copyIn(
  floats: Float32Array,
  at: number,
  source: Float32Array,
  offset: number,
  rows: number,
  columns: number,
  rowStride: number,
  columnStride: number,
): [row: number, column: number] {
  if (rowStride === 1 && (columnStride !== 1 || columns === 1)) {
    copyLines(floats, at, source, offset, columns, rows, columnStride);
    return [4, 4 * rows];
  }
  if (columnStride === 1) copyLines(floats, at, source, offset, rows, columns, rowStride);
  else {
    for (let r = 0, to = at; r < rows; r++) {
      let from = offset + r * rowStride;
      for (let c = 0; c < columns; c++, from += columnStride) floats[to++] = source[from]!;
    }
  }
  return [4 * columns, 4];
}

/** Copies `count` contiguous lines, `stride` apart, to float index `at`: at once if they follow each other. */
function copyLines(
  floats: Float32Array,
  at: number,
  source: Float32Array,
  offset: number,
  count: number,
  length: number,
  stride: number,
): void {
  if (stride === length || count === 1) {
    floats.set(source.subarray(offset, offset + count * length), at);
    return;
  }
  for (let line = 0; line < count; line++) {
    const from = offset + line * stride;
    const to = at + line * length;
    // A call of set costs as much as copying a few dozen numbers one by one.
    if (length >= 32) floats.set(source.subarray(from, from + length), to);
    else for (let i = 0; i < length; i++) floats[to + i] = source[from + i]!;
  }
}
