import {
  type Guard,
  normalizeAxis,
  type Resize,
  type Resolved,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { expand } from "./expand.ts";
import { zerosLike } from "./gather.ts";
import { reshape } from "./reshape.ts";
import { scatterAdd } from "./scatter-add.ts";

/** The op behind `indexSelect`; its attribute is the axis, counted from the front. */
export const indexSelectOp: Op<[Tensor, Tensor], number> = /* @__PURE__ */ defineOp<[Tensor, Tensor], number>(
  {
    name: "indexSelect",
    forward: ([x, index], axis) => x.indexSelect(index, axis),
    vjp: [
      {
        formula: "x̄ = Σ of g's slices, each at the position it was read from",
        saves: [1],
        rule: (g, saved) => {
          const [index, axis] = [saved.input(1), saved.attributes];
          const column = reshape(
            index,
            g.shape.map((size, i) => (i === axis ? size : 1)),
          );
          return scatterAdd(zerosLike(g, saved.inputShape(0)), expand(column, g.shape), g, axis);
        },
      },
      { notDifferentiable: "positions are whole numbers" },
    ],
  },
);

/**
 * The slices of x at the positions `index` along `axis`: `[…, n, …]`, `[m]` → `[…, m, …]`. Copies.
 *
 * A row that is named twice gets both gradients: this is an embedding's lookup, x the `[words, features]` table.
 *
 * @param index int32 or uint8, 1-d, from 0 to n − 1.
 * @param axis default 0; negative ones count from the end.
 * @throws {ShapeMismatchError} if index is not 1-d.
 * @throws {IndexError} if an index is outside the axis; negative ones are refused.
 * @throws {DTypeError} if index is neither int32 nor uint8.
 * @example indexSelect(variable([[1, 2], [3, 4]]), tensor([1, 1], { dtype: "int32" }))   // [[3, 4], [3, 4]]
 */
export function indexSelect<X extends Value, I extends Value, const A extends number = 0>(
  x: X,
  index: I,
  axis?: A & Guard<Selected<X, I, A>>,
): Lift<Resolved<Selected<X, I, A>>, X, I> {
  const at = normalizeAxis("indexSelect", axis ?? 0, x.rank);
  return apply(indexSelectOp, [x, index], at) as Lift<Resolved<Selected<X, I, A>>, X, I>;
}

type Selected<X, I, A extends number> = Resize<ShapeOf<X>, A, ShapeOf<I>[0] & number, "indexSelect">;
