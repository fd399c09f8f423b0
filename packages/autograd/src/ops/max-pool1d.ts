import type { Guard, PerAxis, Pooled, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import {
  type MaxPoolOptions,
  maximumPositionsOp,
  pickPositions,
  poolGeometryOf,
  putPositions,
} from "../pooling.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `maxPool1d`: x, and where in it the maxima lie. */
export const maxPool1dOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "maxPool1d",
  forward: ([x, positions]) => pickPositions(x, positions),
  vjp: [
    { formula: "x̄ = Σ g over the windows whose first maximum xᵢ is, else 0", saves: [1], rule: putPositions },
    { notDifferentiable: "positions are whole numbers" },
  ],
});

/** What `maxPool1d` asks for or gives. */
type Maxima<X> = Pooled<ShapeOf<X>, [number], "maxPool1d">;

/**
 * y[n, c, p] = the maximum of window p of channel c; a NaN goes through. At a tie the first element
 * gets all of the gradient.
 *
 * @param x `[n, c, length]`.
 * @param size of a window.
 * @param options stride (default size), padding z with −∞ (default 0), dilation d (default 1).
 * @returns `[n, c, ⌊(length + 2z − d(size − 1) − 1) / stride⌋ + 1]`.
 * @throws {ShapeMismatchError} if x has not three axes, or a window does not fit.
 * @throws {DTypeError} if x is not floating-point.
 * @throws {ArgumentError} if a setting is out of its range, or padding is more than half a window.
 * @example maxPool1d(variable([[[1, 5, 2, 7]]]), 2, { stride: 1 })   // [[[5, 5, 7]]]
 */
export function maxPool1d<X extends Value>(
  x: X & Guard<Maxima<X>>,
  size: PerAxis,
  options: MaxPoolOptions = {},
): Lift<Resolved<Maxima<X>>, X> {
  const geometry = poolGeometryOf("maxPool1d", 1, x, size, options, ["dilation"]);
  const positions = apply(maximumPositionsOp, [x as Value], { ...geometry, pool: "maxPool1d" });
  return apply(maxPool1dOp, [x, positions]) as Lift<Resolved<Maxima<X>>, X>;
}
