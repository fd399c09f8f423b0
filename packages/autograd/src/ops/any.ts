import {
  checkOptions,
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
import type { ReduceAttributes } from "./sum.ts";

/** The op behind `any`. */
export const anyOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "any",
  forward: ([x], { axes, keepDims }) => {
    const truth: Tensor = x.cast("bool");
    return truth.sum(axes, { keepDims }).cast("bool");
  },
  vjp: { notDifferentiable: "a truth value has no derivative" },
});

/**
 * True where x is somewhere not 0 (true) along `axes`. Of nothing it is false. NaN counts as true. Not differentiable.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @returns bool.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example any(tensor([[0, 1], [2, 3]]), 1)   // [true, true]
 */
export function any<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "any">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "any">>, X> {
  checkOptions("any", options, ["keepDims"]);
  const attributes = { axes: normalizeAxes("any", axes, x.rank), keepDims: options.keepDims ?? false };
  return apply(anyOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "any">>, X>;
}
