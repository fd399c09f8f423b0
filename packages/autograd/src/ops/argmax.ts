import type { Guard, Reduce, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `argmax`: one axis, or (undefined) the flattened input. */
export const argmaxOp: Op<[Tensor], { readonly axis: number | undefined; readonly keepDims: boolean }> =
  /* @__PURE__ */ defineOp<[Tensor], { readonly axis: number | undefined; readonly keepDims: boolean }>({
    name: "argmax",
    forward: ([x], { axis, keepDims }) => x.argmax(axis, { keepDims }),
    vjp: { notDifferentiable: "a position is a whole number" },
  });

/**
 * Where the first maximum lies along `axis`, or in the flattened x without an axis: int32. NaN counts as the largest.
 * Not differentiable.
 *
 * @throws {ShapeMismatchError} if there is nothing to choose from.
 * @throws {AxisError} if x does not have the axis.
 * @example argmax(tensor([[1, 5], [7, 7]]), 1)   // [1, 0]
 */
export function argmax<
  X extends Value,
  const A extends number | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axis?: A & Guard<Reduce<ShapeOf<X>, A, K, "argmax">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "argmax">>, X> {
  return apply(argmaxOp, [x], { axis, keepDims: options.keepDims ?? false }) as Lift<
    Resolved<Reduce<ShapeOf<X>, A, K, "argmax">>,
    X
  >;
}
