import { type ShapeOf, where as select, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { atMost, checkTriangle } from "./tril.ts";

/** The op behind `triu`; its attribute is the lowest diagonal that stays. */
export const triuOp: Op<[Tensor], number> = /* @__PURE__ */ defineOp<[Tensor], number>({
  name: "triu",
  forward: ([x], diagonal) => select(atMost(x, diagonal - 1), 0, x),
  vjp: [{ formula: "x̄ = triu(g)", rule: (g, { attributes }) => triu(g, attributes) }],
});

/**
 * The upper triangle of each matrix, the rest 0: `[…, m, n]` keeps x[…, i, j] where j ≥ i + diagonal.
 *
 * What is set to 0 gets a gradient of exactly 0, whatever it was.
 *
 * @param diagonal the lowest one that stays; default 0, the main one. Above it positive, below it negative.
 * @throws {ShapeMismatchError} if x has less than two axes.
 * @throws {ArgumentError} if diagonal is fractional.
 * @example triu(variable([[1, 2], [3, 4]]))   // [[1, 2], [0, 4]]
 */
export function triu<X extends Value>(x: X, diagonal = 0): Lift<ShapeOf<X>, X> {
  checkTriangle("triu", x, diagonal);
  return apply(triuOp, [x], diagonal) as Lift<ShapeOf<X>, X>;
}
