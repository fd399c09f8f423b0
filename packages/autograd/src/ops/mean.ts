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
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { type ReduceAttributes, spread } from "./sum.ts";

/** The op behind `mean`. */
export const meanOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "mean",
  forward: ([x], { axes, keepDims }) => x.mean(axes, { keepDims }),
  vjp: [
    {
      formula: "x̄ᵢ = g / n at the mean of n that xᵢ went into",
      rule: (g, saved) => {
        const [shape, { axes }] = [saved.inputShape(0), saved.attributes];
        const n = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
        return spread(div(g, n), shape, axes);
      },
    },
  ],
});

/**
 * y = Σ x / n over `axes`, n being the number of elements that go into one y.
 *
 * Summed as `sum` does, then divided. The mean of nothing is NaN.
 *
 * @param x float32 or float64.
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {DTypeError} if x is not floating-point.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example mean(variable([[1, 2], [3, 4]]), 0)   // [2, 3]
 */
export function mean<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "mean">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "mean">>, X> {
  const attributes = { axes: normalizeAxes("mean", axes, x.rank), keepDims: options.keepDims ?? false };
  return apply(meanOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "mean">>, X>;
}
