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

/** Settings of `sort` and `argsort`. */
export interface SortOptions {
  /** The largest first. Default false. */
  readonly descending?: boolean;
  /** Keep equal elements in their order. They are kept whatever is given here: sorting is always stable. */
  readonly stable?: boolean;
}

/** The op behind `argsort`. */
export const argsortOp: Op<[Tensor], { readonly axis: number; readonly descending: boolean }> =
  /* @__PURE__ */ defineOp<[Tensor], { readonly axis: number; readonly descending: boolean }>({
    name: "argsort",
    forward: ([x], { axis, descending }) => x.argsort(axis, { descending }),
    vjp: { notDifferentiable: "a position is a whole number" },
  });

/**
 * The positions that put x in order along `axis`, for `gather`: int32. Not differentiable.
 *
 * Equal elements stay in their order. NaN counts as the largest: it comes last, or first where descending.
 *
 * @param axis default −1, the last.
 * @returns x's shape.
 * @throws {AxisError} if x does not have the axis.
 * @example argsort(tensor([3, 1, 2]))   // [1, 2, 0]
 */
export function argsort<X extends Value, const A extends number = -1>(
  x: X,
  axis?: A & Guard<Reduce<ShapeOf<X>, A, true, "argsort">>,
  options: SortOptions = {},
): Lift<ShapeOf<X>, X> {
  checkOptions("argsort", options, ["descending", "stable"]);
  const at = normalizeAxis("argsort", axis ?? -1, Math.max(x.rank, 1));
  return apply(argsortOp, [x], { axis: at, descending: options.descending ?? false }) as Lift<ShapeOf<X>, X>;
}
