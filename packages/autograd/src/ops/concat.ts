import {
  type Concat,
  concat as concatTensors,
  type Guard,
  normalizeAxis,
  type Resolved,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value, Variable } from "../variable.ts";
import { slice } from "./slice.ts";

/** The joined axis, and where along it each input starts; the last entry is the axis's size. */
export interface ConcatAttributes {
  readonly axis: number;
  readonly starts: readonly number[];
}

/** The shapes of a list of values. */
export type ShapesOf<T extends readonly Value[]> = { readonly [K in keyof T]: ShapeOf<T[K]> };

/** A result of shape S over a list of values: a Variable if one of them is, else a Tensor. */
export type LiftAll<
  S extends Shape,
  T extends readonly unknown[],
  Otherwise = Tensor<S>,
> = T extends readonly [infer First, ...infer Rest]
  ? [First] extends [Variable]
    ? Variable<S>
    : LiftAll<S, Rest, Otherwise | Lift<S, First>>
  : T extends readonly []
    ? Otherwise
    : Lift<S, T[number]>;

/** The op behind `concat`. */
export const concatOp: Op<readonly Tensor[], ConcatAttributes> = /* @__PURE__ */ defineOp<
  readonly Tensor[],
  ConcatAttributes
>({
  name: "concat",
  forward: (tensors, { axis }) => concatTensors(tensors, axis),
  vjp: {
    formula: "x̄ᵢ = the part of g that xᵢ became",
    rule: (g, { attributes: { axis, starts } }, input) => {
      const part = { start: starts[input] ?? 0, stop: starts[input + 1] ?? 0 };
      return slice(g, ...Array.from({ length: axis }, () => null), part);
    },
  },
});

/**
 * Values joined along an axis that they have: `[…, a, …]`, `[…, b, …]` → `[…, a + b, …]`. Copies; dtypes meet by
 * promotion.
 *
 * @param axis default 0; negative ones count from the end.
 * @throws {ArgumentError} if there is nothing to join.
 * @throws {ShapeMismatchError} if ranks, or axes other than the joined one, differ.
 * @throws {AxisError} if the values do not have the axis.
 * @example concat([variable([1, 2]), variable([3])])   // [1, 2, 3]
 */
export function concat<const T extends readonly Value[], const A extends number = 0>(
  values: T & Guard<Concat<ShapesOf<T>, A>>,
  axis?: A,
): LiftAll<Resolved<Concat<ShapesOf<T>, A>>, T> {
  const joined = values.length === 0 ? 0 : normalizeAxis("concat", axis ?? 0, values[0]?.rank ?? 0);
  const starts = [0];
  for (const [i, x] of values.entries()) starts.push((starts[i] ?? 0) + (x.shape[joined] ?? 0));
  return apply(concatOp, values, { axis: joined, starts }) as LiftAll<Resolved<Concat<ShapesOf<T>, A>>, T>;
}
