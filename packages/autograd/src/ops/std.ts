import type { Guard, Reduce, Resolved, Shape, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";
import {
  meanSquare,
  type VarianceAttributes,
  type VarianceOptions,
  varianceAttributes,
  varianceVjp,
} from "./variance.ts";
import { where } from "./where.ts";

/** The op behind `std`. */
export const stdOp: Op<[Tensor], VarianceAttributes> = /* @__PURE__ */ defineOp<[Tensor], VarianceAttributes>(
  {
    name: "std",
    forward: ([x], attributes) => meanSquare(x, attributes).sqrt(),
    vjp: [
      {
        formula: "x̄ = g · (x − mean x) / (y · (n − correction)), and 0 where y = 0",
        saves: [0, "output"],
        rule: (g, saved) => {
          const y = saved.output();
          const flat = tensorOf(y).equal(0);
          const ofVariance = where(flat, 0, div(g, mul(where(flat, 1, y), 2)));
          return varianceVjp(ofVariance, saved.input(0), saved.attributes);
        },
      },
    ],
  },
);

/**
 * y = √(Σ (x − mean x)² / (n − correction)) over `axes`: the standard deviation. Its gradient where all elements are equal is 0, as
 * in PyTorch.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @param options correction, default 1; keepDims.
 * @throws {AxisError} if an axis is missing or named twice.
 * @throws {DTypeError} if x is not floating-point.
 * @example std(variable([[1, 3], [2, 6]]), 1, { correction: 0 })   // [1, 2]
 */
export function std<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "std">>,
  options: VarianceOptions<K> = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "std">>, X> {
  const attributes = varianceAttributes("std", x, axes, options);
  return apply(stdOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "std">>, X>;
}
