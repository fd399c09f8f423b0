import { ArgumentError, checkHolds, checkOptions, type ShapeOf, type Tensor } from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { where } from "./where.ts";

/** The bounds of `clamp`: at least one. */
export interface ClampBounds {
  readonly min?: number;
  readonly max?: number;
}

/** The op behind `clamp`. */
export const clampOp: Op<[Tensor], ClampBounds> = /* @__PURE__ */ defineOp<[Tensor], ClampBounds>({
  name: "clamp",
  forward: ([x], { min, max }) => {
    const raised = min === undefined ? x : x.maximum(min);
    return max === undefined ? raised : raised.minimum(max);
  },
  vjp: [
    {
      formula: "x̄ = g where min ≤ x ≤ max, else 0",
      saves: [0],
      rule: (g, saved) => where(inside(tensorOf(saved.input(0)), saved.attributes), g, 0),
    },
  ],
});

/**
 * y = min(max(x, bounds.min), bounds.max), element by element; NaN stays NaN. Where min > max, y is max.
 *
 * The derivative at a bound is 1, and at NaN 0, as in PyTorch.
 *
 * @param x any shape `[…]`.
 * @throws {ArgumentError} if neither bound is given, or on an unknown option.
 * @throws {DTypeError} if x holds integers and a bound is not one of them.
 * @example clamp(variable([-2, 0.5, 2]), { min: 0, max: 1 })   // [0, 0.5, 1]
 */
export function clamp<X extends Value>(x: X, bounds: ClampBounds): Lift<ShapeOf<X>, X> {
  checkOptions("clamp", bounds, ["min", "max"]);
  const given = [bounds.min, bounds.max].filter((bound) => bound !== undefined);
  if (given.length === 0)
    throw new ArgumentError("clamp", "bounds", "neither min nor max is given.", "Give at least one of them.");
  for (const bound of given) checkHolds("clamp", x.dtype, bound);
  return apply(clampOp, [x], bounds) as Lift<ShapeOf<X>, X>;
}

/** True where x lies within the bounds, both included. */
function inside(
  x: Tensor,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: ClampBounds,
): Tensor {
  return x.greaterEqual(min).and(x.lessEqual(max));
}
