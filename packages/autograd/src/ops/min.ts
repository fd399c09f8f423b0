import {
  type Guard,
  normalizeAxes,
  type Reduce,
  type Resolved,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { elementAt, shareAmongTies } from "../extremum.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { argmin } from "./argmin.ts";
import type { ReduceAttributes } from "./sum.ts";

/** The op behind `min` over all elements or a list of axes. */
export const minOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "min",
  forward: ([x], { axes, keepDims }) => x.min(axes, { keepDims }),
  vjp: [
    {
      formula: "x̄ᵢ = g / number of minima where xᵢ is one, else 0",
      saves: [0, "output"],
      rule: shareAmongTies,
    },
  ],
});

/**
 * y = min x over `axes`; a NaN goes through.
 *
 * At ties: over all elements or a list of axes every minimum gets an equal share of the gradient, as in torch.amin;
 * over one axis, given as a number, the first one gets all of it, the one that `argmin` returns, as in torch.min(x, dim).
 * Where a NaN went through, the NaNs count as the minima.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {ShapeMismatchError} if there is nothing to choose from.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example min(variable([[1, 5], [7, 7]]), 1)   // [1, 7]
 */
export function min<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "min">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "min">>, X> {
  type Result = Lift<Resolved<Reduce<ShapeOf<X>, A, K, "min">>, X>;
  const counted = normalizeAxes("min", axes, x.rank);
  const keepDims = options.keepDims ?? false;
  const axis = typeof axes === "number" ? counted[0] : undefined;
  // An empty x has no positions; the op below refuses it, or gives an empty result.
  if (axis === undefined || x.size === 0) return apply(minOp, [x], { axes: counted, keepDims }) as Result;
  return elementAt(x, argmin<Value, number, true>(x, axis, { keepDims: true }), axis, keepDims) as Result;
}
