import {
  type Guard,
  normalizeAxes,
  type Reduce,
  type Resolved,
  reducedShape,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { expand } from "./expand.ts";
import { reshape } from "./reshape.ts";

/** Which axes a reduction removes, counted from the front, and whether they stay as size 1. */
export interface ReduceAttributes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** The op behind `sum`. */
export const sumOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "sum",
  forward: ([x], { axes, keepDims }) => x.sum(axes, { keepDims }),
  vjp: [
    {
      formula: "x̄ᵢ = g at the sum that xᵢ went into",
      rule: (g, saved) => spread(g, saved.inputShape(0), saved.attributes.axes),
    },
  ],
});

/**
 * y = Σ x over `axes`.
 *
 * Float32 is summed in a float64 accumulator, float64 pairwise. The sum of nothing is 0.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example sum(variable([[1, 2], [3, 4]]), 0)   // [4, 6]
 */
export function sum<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "sum">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "sum">>, X> {
  const attributes = { axes: normalizeAxes("sum", axes, x.rank), keepDims: options.keepDims ?? false };
  return apply(sumOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "sum">>, X>;
}

/** A reduced value brought back to `shape`: repeated along the axes that the reduction removed. */
export function spread(x: Value, shape: Shape, axes: readonly number[]): Value {
  return expand(restoreAxes(x, shape, axes), shape);
}

/** A reduced value with the axes that the reduction of `shape` removed back as size 1: it broadcasts against `shape`. */
export function restoreAxes(x: Value, shape: Shape, axes: readonly number[]): Value {
  return reshape(x, reducedShape(shape, axes, true));
}
