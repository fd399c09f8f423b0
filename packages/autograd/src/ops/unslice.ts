import {
  type Mutable,
  type Resolved,
  type Shape,
  type Tensor,
  unslice as unsliceTensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { type SliceRanges, slice } from "./slice.ts";

/** The shape that was sliced, and how. */
export interface UnsliceAttributes {
  readonly shape: Shape;
  readonly ranges: SliceRanges;
}

/** The op behind `unslice`. */
export const unsliceOp: Op<[Tensor], UnsliceAttributes> = /* @__PURE__ */ defineOp<
  [Tensor],
  UnsliceAttributes
>({
  name: "unslice",
  forward: ([x], { shape, ranges }) => unsliceTensor(x, shape, ranges),
  vjp: [
    {
      formula: "x̄ = slice(g)",
      rule: (g, { attributes }) => slice(g, ...attributes.ranges),
    },
  ],
});

/**
 * Zeros of `shape` with x where `slice(…, ...ranges)` would read: the transpose of slicing. Copies.
 *
 * @param x the shape that `ranges` take of a tensor of `shape`.
 * @throws {ShapeMismatchError} if x has another shape.
 * @example unslice(variable([5]), [3], [{ start: 1, stop: 2 }])   // [0, 5, 0]
 */
export function unslice<X extends Value, const S extends Shape>(
  x: X,
  shape: S,
  ranges: SliceRanges,
): Lift<Resolved<Mutable<S>>, X> {
  return apply(unsliceOp, [x], { shape, ranges }) as Lift<Resolved<Mutable<S>>, X>;
}
