import {
  type Concat,
  type Guard,
  normalizeAxis,
  type Resolved,
  type ShapeOf,
  stack as stackTensors,
  type Tensor,
  type Unsqueeze,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Value } from "../variable.ts";
import type { LiftAll } from "./concat.ts";
import { slice } from "./slice.ts";

/** The shape of values stacked along a new axis, or the error of concat on the unsqueezed ones. */
export type Stack<T extends readonly Value[], A extends number> = Concat<
  { readonly [K in keyof T]: Resolved<Unsqueeze<ShapeOf<T[K]>, A>> },
  A
>;

/** The op behind `stack`; the new axis is counted from the front. */
export const stackOp: Op<readonly Tensor[], number> = /* @__PURE__ */ defineOp<readonly Tensor[], number>({
  name: "stack",
  forward: (tensors, axis) => stackTensors(tensors, axis),
  vjp: {
    formula: "x̄ᵢ = g at index i of the new axis",
    rule: (g, { attributes: axis }, input) => slice(g, ...Array.from({ length: axis }, () => null), input),
  },
});

/**
 * Values of one shape joined along a new axis: two of `[n]` → `[2, n]` at axis 0, `[n, 2]` at axis 1. Copies; dtypes
 * meet by promotion.
 *
 * @param axis of the result, default 0; negative ones count from its end.
 * @throws {ArgumentError} if there is nothing to join.
 * @throws {ShapeMismatchError} if shapes differ.
 * @throws {AxisError} if the result has no such axis.
 * @example stack([variable([1, 2]), variable([3, 4])])   // [[1, 2], [3, 4]]
 */
export function stack<const T extends readonly Value[], const A extends number = 0>(
  values: T & Guard<Stack<T, A>>,
  axis?: A,
): LiftAll<Resolved<Stack<T, A>>, T> {
  const first = values[0];
  const at = first === undefined ? 0 : normalizeAxis("stack", axis ?? 0, first.rank + 1);
  return apply(stackOp, values, at) as LiftAll<Resolved<Stack<T, A>>, T>;
}
