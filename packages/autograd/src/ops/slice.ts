import type { Range, Shape, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { unslice } from "./unslice.ts";

/** What is taken of each axis: a range, one index (which drops the axis), or null for all. */
export type SliceRanges = readonly (Range | number | null)[];

/** The op behind `slice`. */
export const sliceOp: Op<[Tensor], SliceRanges> = /* @__PURE__ */ defineOp<[Tensor], SliceRanges>({
  name: "slice",
  forward: ([x], ranges) => x.slice(...ranges),
  vjp: [
    {
      formula: "x̄ = g where the slice read, else 0",
      rule: (g, saved) => unslice(g, saved.inputShape(0), saved.attributes),
    },
  ],
});

/**
 * Part of each axis of x, by Python's rules. A view, nothing is copied.
 *
 * @param ranges one for each axis, in order: `{ start, stop, step }` (stop is excluded, negative bounds count from the
 * end, bounds beyond the axis are cut), a number, which picks one index and drops the axis, or null for the whole
 * axis; axes without a range are kept whole.
 * @throws {IndexError} if a number is outside its axis.
 * @throws {AxisError} if there are more ranges than axes.
 * @example slice(variable([[1, 2, 3], [4, 5, 6]]), 1, { start: 1 })   // [5, 6]
 */
export function slice<X extends Value>(x: X, ...ranges: SliceRanges): Lift<Shape, X> {
  return apply(sliceOp, [x], ranges) as Lift<Shape, X>;
}
