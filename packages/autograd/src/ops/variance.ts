import {
  checkOptions,
  DTypeError,
  type Guard,
  isFloat,
  normalizeAxes,
  type Reduce,
  type Resolved,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { div } from "./div.ts";
import { mean } from "./mean.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { type ReduceAttributes, restoreAxes } from "./sum.ts";

/** Settings of `variance` and `std`. */
export interface VarianceOptions<K extends boolean = boolean> {
  /** Keep reduced axes as size 1. Default false. */
  readonly keepDims?: K;
  /** What n is lessened by in the divisor: 1 (default) for a sample, 0 for all there is. */
  readonly correction?: number;
}

/** Which axes are reduced, and the divisor: the number of elements less the correction, at least 0. */
export interface VarianceAttributes extends ReduceAttributes {
  readonly divisor: number;
}

/** The op behind `variance`. */
export const varianceOp: Op<[Tensor], VarianceAttributes> = /* @__PURE__ */ defineOp<
  [Tensor],
  VarianceAttributes
>({
  name: "variance",
  forward: ([x], attributes) => meanSquare(x, attributes),
  vjp: [
    {
      formula: "x̄ = g · 2(x − mean x) / (n − correction)",
      saves: [0],
      rule: (g, saved) => varianceVjp(g, saved.input(0), saved.attributes),
    },
  ],
});

/**
 * y = Σ (x − mean x)² / (n − correction) over `axes`, n the number of elements that go into one result.
 *
 * Two passes: the mean first, so that a large common part does no harm. Where n ≤ correction it is NaN, or ∞ if there is
 * anything to divide, and so is the gradient, as in PyTorch.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @param options correction, default 1; keepDims.
 * @throws {AxisError} if an axis is missing or named twice.
 * @throws {DTypeError} if x is not floating-point.
 * @example variance(variable([1, 2, 3, 6]))   // 4.6666667
 */
export function variance<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "variance">>,
  options: VarianceOptions<K> = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "variance">>, X> {
  const attributes = varianceAttributes("variance", x, axes, options);
  return apply(varianceOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "variance">>, X>;
}

/** The attributes of a reduction of x to a variance or what follows from it. */
export function varianceAttributes(
  op: string,
  x: Value,
  axes: number | Shape | undefined,
  options: VarianceOptions,
): VarianceAttributes {
  checkOptions(op, options, ["keepDims", "correction"]);
  if (!isFloat(x.dtype)) {
    const remedy = 'It takes float32 or float64; use cast("float32").';
    throw new DTypeError(op, `x is ${x.dtype}.`, remedy, x.dtype);
  }
  const counted = normalizeAxes(op, axes, x.rank);
  const count = counted.reduce((n, axis) => n * (x.shape[axis] ?? 1), 1);
  const divisor = Math.max(count - (options.correction ?? 1), 0);
  return { axes: counted, keepDims: options.keepDims ?? false, divisor };
}

/** The variance of plain numbers. */
export function meanSquare(x: Tensor, { axes, keepDims, divisor }: VarianceAttributes): Tensor {
  const away: Tensor = x.sub(x.mean(axes, { keepDims: true }));
  const total: Tensor = away.mul(away).sum(axes, { keepDims });
  return total.div(divisor);
}

/** g · 2(x − mean x) / divisor: the VJP of a variance whose cotangent is g. */
export function varianceVjp(g: Value, x: Value, { axes, divisor }: VarianceAttributes): Value {
  const away = sub(x, mean(x, axes, { keepDims: true }));
  return mul(restoreAxes(div(mul(g, 2), divisor), x.shape, axes), away);
}
