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

/** The op behind `avgPool2d`. */
export const avgPool2dOp: Op<[Tensor], AverageGeometry> = /* @__PURE__ */ defineOp<[Tensor], AverageGeometry>(
  {
    name: "avgPool2d",
    forward: ([x], geometry) => averagePool("avgPool2d", x, geometry),
    vjp: [
      {
        formula: "x̄ᵢ = Σ g / count over the windows that xᵢ lies in",
        rule: (g, saved) => averagePoolVjp("avgPool2d", g, saved),
      },
    ],
  },
);

/** What `avgPool2d` asks for or gives. */
type Means<X> = Pooled<ShapeOf<X>, [number, number], "avgPool2d">;

/**
 * y[n, c, p, q] = the mean of window (p, q) of channel c. The padding's zeros count as elements unless `countIncludePad` is
 * false.
 *
 * @param x `[n, c, h, w]`.
 * @param size of a window: a number, or `[vertical, horizontal]`.
 * @param options stride (default size), padding z (default 0), countIncludePad (default true).
 * @returns `[n, c, ⌊(h + 2z − size) / stride⌋ + 1, …]`.
 * @throws {ShapeMismatchError} if x has not four axes, or a window does not fit.
 * @throws {DTypeError} if x is not floating-point.
 * @throws {ArgumentError} if a setting is out of its range, or padding is more than half a window.
 * @example avgPool2d(variable([[[[1, 5, 2, 0], [3, 3, 2, 8]]]]), 2)   // [[[[3, 3]]]]
 */
export function avgPool2d<X extends Value>(
  x: X & Guard<Means<X>>,
  size: PerAxis,
  options: AvgPoolOptions = {},
): Lift<Resolved<Means<X>>, X> {
  const geometry = poolGeometryOf("avgPool2d", 2, x, size, options, ["countIncludePad"]);
  return apply(avgPool2dOp, [x], geometry) as Lift<Resolved<Means<X>>, X>;
}
