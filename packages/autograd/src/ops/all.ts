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

/** The op behind `all`. */
export const allOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "all",
  forward: ([x], { axes, keepDims }) => {
    const truth: Tensor = x.cast("bool");
    return truth.prod(axes, { keepDims }).cast("bool");
  },
  vjp: { notDifferentiable: "a truth value has no derivative" },
});

/**
 * True where x is nowhere 0 (false) along `axes`. Of nothing it is true. NaN counts as true. Not differentiable.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @returns bool.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example all(tensor([[0, 1], [2, 3]]), 1)   // [false, true]
 */
export function all<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "all">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "all">>, X> {
  checkOptions("all", options, ["keepDims"]);
  const attributes = { axes: normalizeAxes("all", axes, x.rank), keepDims: options.keepDims ?? false };
  return apply(allOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "all">>, X>;
}
