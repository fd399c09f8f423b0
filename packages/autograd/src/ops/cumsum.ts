import { type Guard, normalizeAxis, type Reduce, type ShapeOf, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { flip } from "./flip.ts";
import { reshape } from "./reshape.ts";

/** The op behind `cumsum`; its attribute is the axis. */
export const cumsumOp: Op<[Tensor], number> = /* @__PURE__ */ defineOp<[Tensor], number>({
  name: "cumsum",
  forward: ([x], axis) => x.cumsum(axis),
  vjp: [
    {
      formula: "x̄ₖ = Σ gᵢ over i ≥ k: the running sum from the end",
      rule: (g, { attributes: axis }) => flip(apply(cumsumOp, [flip(g, axis)], axis), axis),
    },
  ],
});

/**
 * y[…, i, …] = x[…, 0, …] + … + x[…, i, …] along `axis`; floats add up in float64 and are rounded once, integers and bools in
 * int32.
 *
 * @param axis negative ones count from the end.
 * @throws {AxisError} if x does not have the axis.
 * @example cumsum(variable([[1, 2], [3, 4]]), 1)   // [[1, 3], [3, 7]]
 */
export function cumsum<X extends Value, const A extends number>(
  x: X,
  axis: A & Guard<Reduce<ShapeOf<X>, A, true, "cumsum">>,
): Lift<ShapeOf<X>, X> {
  const at = normalizeAxis("cumsum", axis, Math.max(x.rank, 1));
  if (x.rank > 0) return apply(cumsumOp, [x], at) as Lift<ShapeOf<X>, X>;
  const line: Value = reshape(x as Value, [1]);
  return reshape(apply(cumsumOp, [line], 0), []) as Value as Lift<ShapeOf<X>, X>;
}
