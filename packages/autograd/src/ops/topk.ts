import {
  ArgumentError,
  checkOptions,
  formatShape,
  type Guard,
  normalizeAxis,
  type Resize,
  type Resolved,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { argsort } from "./argsort.ts";
import { zerosLike } from "./gather.ts";
import { reshape } from "./reshape.ts";
import { scatterAdd } from "./scatter-add.ts";
import { slice } from "./slice.ts";
import type { Sorted } from "./sort.ts";

/** Settings of `topk`. */
export interface TopkOptions {
  /** Take the largest; false for the smallest. Default true. */
  readonly largest?: boolean;
}

/** The op behind `topk`: x, and the positions of what is taken; its attribute is the axis. */
export const topkOp: Op<[Tensor, Tensor], number> = /* @__PURE__ */ defineOp<[Tensor, Tensor], number>({
  name: "topk",
  forward: ([x, indices], axis) => x.gather(indices, axis),
  vjp: [
    {
      formula: "x̄[indices[i]] = gᵢ, and 0 for all others",
      saves: [1],
      rule: (g, saved) => scatterAdd(zerosLike(g, saved.inputShape(0)), saved.input(1), g, saved.attributes),
    },
    { notDifferentiable: "positions are whole numbers" },
  ],
});

/**
 * The k largest elements along `axis`, the largest first, and where they were; of equal ones those that come first in x. NaN counts
 * as the largest.
 *
 * @param k from 0 to the axis' size.
 * @param axis default −1, the last.
 * @param options largest: false for the smallest, the smallest first.
 * @returns values and indices (int32): x's shape with k along `axis`.
 * @throws {ArgumentError} if k is not a whole number from 0 to the axis' size.
 * @throws {AxisError} if x does not have the axis.
 * @example topk(variable([[3, 1, 2]]), 2).values   // [[3, 2]]
 */
export function topk<X extends Value, const K extends number, const A extends number = -1>(
  x: X,
  k: K,
  axis?: A & Guard<Chosen<ShapeOf<X>, K, A>>,
  options: TopkOptions = {},
): Sorted<Lift<Resolved<Chosen<ShapeOf<X>, K, A>>, X>> {
  type Result = Sorted<Lift<Resolved<Chosen<ShapeOf<X>, K, A>>, X>>;
  checkOptions("topk", options, ["largest"]);
  const at = normalizeAxis("topk", axis ?? -1, Math.max(x.rank, 1));
  const line: Value = x.rank === 0 ? reshape(x as Value, [1]) : x;
  const size = line.shape[at] ?? 0;
  if (!Number.isInteger(k) || k < 0 || k > size) {
    const what = `k is ${k}, axis ${at} of ${formatShape(x.shape)} has ${size}.`;
    throw new ArgumentError("topk", "k", what, `Give a whole number from 0 to ${size}.`);
  }
  const order = argsort<Value, number>(line, at, { descending: options.largest ?? true });
  const indices = slice(order, ...Array.from({ length: at }, () => null), { stop: k });
  return { values: apply(topkOp, [line, indices], at), indices } as Sorted<Value> as Result;
}

/** A 0-d x counts as one element. */
type Chosen<S extends Shape, K extends number, A extends number> = S extends readonly []
  ? [K]
  : Resize<S, A, K, "topk">;
