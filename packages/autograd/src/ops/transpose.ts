import type { Guard, Resolved, ShapeOf, Tensor, Transpose } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The two axes that change places. */
export type SwappedAxes = readonly [first: number, second: number];

/** The op behind `transpose`. */
export const transposeOp: Op<[Tensor], SwappedAxes> = /* @__PURE__ */ defineOp<[Tensor], SwappedAxes>({
  name: "transpose",
  forward: ([x], [first, second]) => x.transpose(first, second),
  vjp: [
    {
      formula: "x̄ = transpose(g): the same two axes swapped back",
      rule: (g, { attributes: [first, second] }) => transpose(g, first, second),
    },
  ],
});

/**
 * x with two axes swapped, the last two by default: `[…, m, n]` → `[…, n, m]`. A view, nothing is copied.
 *
 * @throws {ShapeMismatchError} if x has fewer than two axes.
 * @throws {AxisError} if x does not have an axis.
 * @example transpose(variable([[1, 2], [3, 4]]))   // [[1, 3], [2, 4]]
 */
export function transpose<X extends Value, const I extends number = -2, const J extends number = -1>(
  x: X & Guard<Transpose<ShapeOf<X>, I, J>>,
  first?: I,
  second?: J,
): Lift<Resolved<Transpose<ShapeOf<X>, I, J>>, X> {
  return apply(transposeOp, [x], [first ?? -2, second ?? -1]) as Lift<
    Resolved<Transpose<ShapeOf<X>, I, J>>,
    X
  >;
}
