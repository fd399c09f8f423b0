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
import { argmax } from "./argmax.ts";
import type { ReduceAttributes } from "./sum.ts";

/** The op behind `max` over all elements or a list of axes. */
export const maxOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "max",
  forward: ([x], { axes, keepDims }) => x.max(axes, { keepDims }),
  vjp: [
    {
      formula: "x̄ᵢ = g / number of maxima where xᵢ is one, else 0",
      saves: [0, "output"],
      rule: shareAmongTies,
    },
  ],
});

/**
 * y = max x over `axes`; a NaN goes through.
 *
 * At ties: over all elements or a list of axes every maximum gets an equal share of the gradient, as in torch.amax;
 * over one axis, given as a number, the first one gets all of it, the one that `argmax` returns, as in torch.max(x, dim).
 * Where a NaN went through, the NaNs count as the maxima.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {ShapeMismatchError} if there is nothing to choose from.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example max(variable([[1, 5], [7, 7]]), 1)   // [5, 7]
 */
export function max<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "max">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "max">>, X> {
  type Result = Lift<Resolved<Reduce<ShapeOf<X>, A, K, "max">>, X>;
  const counted = normalizeAxes("max", axes, x.rank);
  const keepDims = options.keepDims ?? false;
  const axis = typeof axes === "number" ? counted[0] : undefined;
  // An empty x has no positions; the op below refuses it, or gives an empty result.
  if (axis === undefined || x.size === 0) return apply(maxOp, [x], { axes: counted, keepDims }) as Result;
  return elementAt(x, argmax<Value, number, true>(x, axis, { keepDims: true }), axis, keepDims) as Result;
}
