import {
  ArgumentError,
  AxisError,
  checkOptions,
  type Diagonal,
  type Guard,
  normalizeAxis,
  type Resolved,
  type ShapeOf,
} from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";

/** Settings of `diagonal` and `trace`. */
export interface DiagonalOptions<I extends number = number, J extends number = number> {
  /** Which diagonal: 0 (default) the main one, above it positive, below it negative. */
  readonly offset?: number;
  /** The axis of rows. Default 0. */
  readonly axis1?: I;
  /** The axis of columns. Default 1. */
  readonly axis2?: J;
}

/**
 * The elements x[…, i, …, i + offset, …] of axes axis1 and axis2, as a last axis: `[m, n]` → `[min(m, n)]`.
 *
 * A view where strides allow it, else a copy. The gradient goes to the diagonal; all other elements get 0.
 *
 * @throws {AxisError} if x does not have the axes, or they are the same.
 * @throws {ArgumentError} if the offset is fractional, or on an unknown option.
 * @example diagonal(variable([[1, 2, 3], [4, 5, 6]]), { offset: 1 })   // [2, 6]
 */
export function diagonal<X extends Value, const I extends number = 0, const J extends number = 1>(
  x: X & Guard<Diagonal<ShapeOf<X>, I, J>>,
  options: DiagonalOptions<I, J> = {},
): Lift<Resolved<Diagonal<ShapeOf<X>, I, J>>, X> {
  return take("diagonal", x, options) as Lift<Resolved<Diagonal<ShapeOf<X>, I, J>>, X>;
}

/** The diagonal for the op that messages shall name. */
export function take(op: string, x: Value, options: DiagonalOptions): Value {
  checkOptions(op, options, ["offset", "axis1", "axis2"]);
  const { offset = 0, axis1 = 0, axis2 = 1 } = options;
  const [first, second] = [normalizeAxis(op, axis1, x.rank), normalizeAxis(op, axis2, x.rank)];
  if (first === second) {
    throw new AxisError(
      op,
      `axis1 and axis2 are both axis ${first}.`,
      "Give two different axes.",
      first,
      x.rank,
    );
  }
  if (!Number.isSafeInteger(offset)) {
    throw new ArgumentError(op, "offset", `offset is ${offset}.`, "Give a whole number.");
  }
  const others = [...x.shape.keys()].filter((axis) => axis !== first && axis !== second);
  const [rows, columns] = [x.shape[first] ?? 0, x.shape[second] ?? 0];
  // In row-major order a diagonal's elements lie columns + 1 apart.
  const count = Math.max(
    0,
    offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns),
  );
  const start = count === 0 ? 0 : offset >= 0 ? offset : -offset * columns;
  const step = columns + 1;
  const lead = others.map((axis) => x.shape[axis] ?? 0);
  const flat = reshape(permute(x, [...others, first, second]), [...lead, rows * columns]);
  return slice(flat, ...others.map(() => null), { start, stop: start + count * step, step });
}
