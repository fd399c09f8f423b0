import {
  checkOptions,
  type Guard,
  normalizeAxis,
  type Reduce,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { argsort, type SortOptions } from "./argsort.ts";
import { zerosLike } from "./gather.ts";
import { reshape } from "./reshape.ts";
import { scatterAdd } from "./scatter-add.ts";

/** Elements in order, and the positions that they had. */
export interface Sorted<V, I = V> {
  readonly values: V;
  /** int32. */
  readonly indices: I;
}

/** The op behind `sort`: x, and the positions that put it in order; its attribute is the axis. */
export const sortOp: Op<[Tensor, Tensor], number> = /* @__PURE__ */ defineOp<[Tensor, Tensor], number>({
  name: "sort",
  forward: ([x, indices], axis) => x.gather(indices, axis),
  vjp: [
    {
      formula: "x̄[indices[i]] = gᵢ: each element gets the gradient of the place it went to",
      saves: [1],
      rule: (g, saved) => scatterAdd(zerosLike(g, g.shape), saved.input(1), g, saved.attributes),
    },
    { notDifferentiable: "positions are whole numbers" },
  ],
});

/**
 * x in increasing order along `axis`, and where each element was.
 *
 * Equal elements stay in their order (the sort is stable), which decides who gets whose gradient. NaN counts as the largest: it
 * comes last, or first where descending.
 *
 * @param axis default −1, the last.
 * @param options descending: the largest first.
 * @returns values and indices (int32), both of x's shape.
 * @throws {AxisError} if x does not have the axis.
 * @example sort(variable([[3, 1, 2]]), 1, { descending: true }).values   // [[3, 2, 1]]
 */
export function sort<X extends Value, const A extends number = -1>(
  x: X,
  axis?: A & Guard<Reduce<ShapeOf<X>, A, true, "sort">>,
  options: SortOptions = {},
): Sorted<Lift<ShapeOf<X>, X>> {
  type Result = Sorted<Lift<ShapeOf<X>, X>>;
  checkOptions("sort", options, ["descending", "stable"]);
  const at = normalizeAxis("sort", axis ?? -1, Math.max(x.rank, 1));
  const line: Value = x.rank === 0 ? reshape(x as Value, [1]) : x;
  const order = argsort<Value, number>(line, at, options);
  const values = apply(sortOp, [line, order], at);
  if (x.rank > 0) return { values, indices: order } as Sorted<Value> as Result;
  return { values: reshape(values, []), indices: reshape(order, []) } as Sorted<Value> as Result;
}
