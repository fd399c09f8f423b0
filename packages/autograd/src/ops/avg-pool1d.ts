import type { Guard, PerAxis, Pooled, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import {
  type AverageGeometry,
  type AvgPoolOptions,
  averagePool,
  averagePoolVjp,
  poolGeometryOf,
} from "../pooling.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `avgPool1d`. */
export const avgPool1dOp: Op<[Tensor], AverageGeometry> = /* @__PURE__ */ defineOp<[Tensor], AverageGeometry>(
  {
    name: "avgPool1d",
    forward: ([x], geometry) => averagePool("avgPool1d", x, geometry),
    vjp: [
      {
        formula: "x̄ᵢ = Σ g / count over the windows that xᵢ lies in",
        rule: (g, saved) => averagePoolVjp("avgPool1d", g, saved),
      },
    ],
  },
);

/** What `avgPool1d` asks for or gives. */
type Means<X> = Pooled<ShapeOf<X>, [number], "avgPool1d">;

/**
 * y[n, c, p] = the mean of window p of channel c. The padding's zeros count as elements unless `countIncludePad` is
 * false.
 *
 * @param x `[n, c, length]`.
 * @param size of a window.
 * @param options stride (default size), padding z (default 0), countIncludePad (default true).
 * @returns `[n, c, ⌊(length + 2z − size) / stride⌋ + 1]`.
 * @throws {ShapeMismatchError} if x has not three axes, or a window does not fit.
 * @throws {DTypeError} if x is not floating-point.
 * @throws {ArgumentError} if a setting is out of its range, or padding is more than half a window.
 * @example avgPool1d(variable([[[1, 5, 2, 6]]]), 2)   // [[[3, 4]]]
 */
export function avgPool1d<X extends Value>(
  x: X & Guard<Means<X>>,
  size: PerAxis,
  options: AvgPoolOptions = {},
): Lift<Resolved<Means<X>>, X> {
  const geometry = poolGeometryOf("avgPool1d", 1, x, size, options, ["countIncludePad"]);
  return apply(avgPool1dOp, [x], geometry) as Lift<Resolved<Means<X>>, X>;
}
