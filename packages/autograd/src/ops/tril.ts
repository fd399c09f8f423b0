import {
  ArgumentError,
  arange,
  formatShape,
  ShapeMismatchError,
  type ShapeOf,
  where as select,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `tril`; its attribute is the highest diagonal that stays. */
export const trilOp: Op<[Tensor], number> = /* @__PURE__ */ defineOp<[Tensor], number>({
  name: "tril",
  forward: ([x], diagonal) => select(atMost(x, diagonal), x, 0),
  vjp: [{ formula: "x̄ = tril(g)", rule: (g, { attributes }) => tril(g, attributes) }],
});

/**
 * The lower triangle of each matrix, the rest 0: `[…, m, n]` keeps x[…, i, j] where j ≤ i + diagonal.
 *
 * What is set to 0 gets a gradient of exactly 0, whatever it was.
 *
 * @param diagonal the highest one that stays; default 0, the main one. Above it positive, below it negative.
 * @throws {ShapeMismatchError} if x has less than two axes.
 * @throws {ArgumentError} if diagonal is fractional.
 * @example tril(variable([[1, 2], [3, 4]]))   // [[1, 0], [3, 4]]
 */
export function tril<X extends Value>(x: X, diagonal = 0): Lift<ShapeOf<X>, X> {
  checkTriangle("tril", x, diagonal);
  return apply(trilOp, [x], diagonal) as Lift<ShapeOf<X>, X>;
}

/** Of the last two axes of x: true where column ≤ row + diagonal. */
export function atMost(x: Tensor, diagonal: number): Tensor {
  const [rows = 0, columns = 0] = x.shape.slice(-2);
  const row = arange(0, rows, 1, { dtype: "int32" }).reshape([rows, 1]);
  return arange(0, columns, 1, { dtype: "int32" }).lessEqual(row.add(diagonal));
}

/** Refuses what has no triangle, in the name of `op`. */
export function checkTriangle(op: string, x: Value, diagonal: number): void {
  if (x.rank < 2) {
    const remedy = "Give a tensor of at least two axes, the last two of which are rows and columns.";
    throw new ShapeMismatchError(op, `x is ${formatShape(x.shape)}.`, remedy, [x.shape]);
  }
  if (Number.isSafeInteger(diagonal)) return;
  throw new ArgumentError(op, "diagonal", `diagonal is ${diagonal}.`, "Give a whole number.");
}
