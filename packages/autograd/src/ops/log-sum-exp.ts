/**
 * Stability of log-sum-exp. For every m
 *
 *     log Σ exp(xᵢ) = log Σ exp(m) exp(xᵢ − m) = m + log Σ exp(xᵢ − m).
 *
 * With m = max x all exponents are ≤ 0 and one is 0: no exp overflows, the sum lies between 1 and n, and its log between
 * 0 and log n. An infinite m would make ∞ − ∞ of the largest; there 0 stands for m, and the sum is 0 (all −∞, y = −∞)
 * or ∞ by itself. The gradient exp(xᵢ − y) has exponents ≤ 0 too, for y ≥ max x.
 */
import {
  full,
  type Guard,
  normalizeAxes,
  type Reduce,
  type Resolved,
  reducedShape,
  type Shape,
  type ShapeOf,
  type Tensor,
  toFloat,
  where,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { type ReduceAttributes, restoreAxes } from "./sum.ts";

/** The op behind `logSumExp`. */
export const logSumExpOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<
  [Tensor],
  ReduceAttributes
>({
  name: "logSumExp",
  forward: ([x], { axes, keepDims }) => {
    const real: Tensor = x.cast(toFloat(x.dtype));
    const m = finiteMaximum(real, axes);
    const y: Tensor = real.sub(m).exp().sum(axes, { keepDims: true }).log().add(m);
    return keepDims ? y : y.reshape(reducedShape(x.shape, axes, false));
  },
  vjp: [
    {
      formula: "x̄ = g · exp(x − y), the softmax of x",
      saves: [0, "output"],
      rule: (g, saved) => {
        const [x, { axes }] = [saved.input(0), saved.attributes];
        const weights = exp(sub(x, restoreAxes(saved.output(), x.shape, axes)));
        return mul(restoreAxes(g, x.shape, axes), weights);
      },
    },
  ],
});

/**
 * y = log Σ exp(x) over `axes`, in nats; finite wherever the result is.
 *
 * A row that is all −∞ gives −∞, and a gradient of NaN, as in PyTorch; so does a row that holds +∞, with y = ∞. Over
 * an empty axis y = −∞.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example logSumExp(variable([1000, 0]))   // 1000
 */
export function logSumExp<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "logSumExp">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "logSumExp">>, X> {
  const attributes = { axes: normalizeAxes("logSumExp", axes, x.rank), keepDims: options.keepDims ?? false };
  return apply(logSumExpOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "logSumExp">>, X>;
}

/** The maximum over `axes`, kept as size 1; 0 where it is infinite or NaN, and where there is none. */
function finiteMaximum(x: Tensor, axes: readonly number[]): Tensor {
  if (x.size === 0) return full([], 0, { dtype: x.dtype });
  const m: Tensor = x.max(axes, { keepDims: true });
  return where(m.isfinite(), m, 0);
}
