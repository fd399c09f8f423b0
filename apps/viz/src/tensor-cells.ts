/** A tensor as a small picture: a matrix of at most so many cells. */
import type { TypedArray } from "@adjoint/tensor";

/** Cells row by row; each is the entry of its block that is farthest from 0, a NaN before all. */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Rows and columns of a tensor drawn as a matrix: the last axis lies across, all others are stacked. */
export function matrixSize(shape: readonly number[]): { rows: number; columns: number } {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return { rows, columns };
}

/** Of each block the entry that is farthest from 0, so that one large entry among thousands still shows. */
export function blockExtremes(
  data: TypedArray,
  size: { readonly rows: number; readonly columns: number },
  limit: { readonly rows: number; readonly columns: number },
): Cells {
  const rows = Math.min(size.rows, limit.rows);
  const columns = Math.min(size.columns, limit.columns);
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < size.rows; i++) {
    const row = Math.floor((i * rows) / size.rows);
    for (let j = 0; j < size.columns; j++) {
      const cell = row * columns + Math.floor((j * columns) / size.columns);
      values[cell] = farther(values[cell] ?? 0, data[i * size.columns + j] ?? 0);
    }
  }
  return { rows, columns, values };
}

function farther(a: number, b: number): number {
  if (Number.isNaN(a)) return a;
  return Number.isNaN(b) || Math.abs(b) > Math.abs(a) ? b : a;
}

/** The largest finite |x|; 0 for none. */
export function largestMagnitude(values: TypedArray): number {
  let largest = 0;
  for (const x of values) if (Number.isFinite(x) && Math.abs(x) > largest) largest = Math.abs(x);
  return largest;
}
