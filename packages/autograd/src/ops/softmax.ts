/**
 * Stability of softmax. For every m
 *
 *     exp(xᵢ) / Σ exp(xⱼ) = exp(xᵢ − m) / Σ exp(xⱼ − m).
 *
 * With m = max x all exponents are ≤ 0 and one is 0: no exp overflows, and the divisor lies between 1 and n.
 * The rule needs y alone: ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ − yⱼ), so x̄ⱼ = Σᵢ gᵢ yᵢ (δᵢⱼ − yⱼ) = yⱼ (gⱼ − Σᵢ gᵢ yᵢ).
 */
import { type Guard, normalizeAxes, type Reduce, type ShapeOf, type Tensor, toFloat } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

/** The op behind `softmax`; its attribute holds the one axis, or none for a 0-d x. */
export const softmaxOp: Op<[Tensor], readonly number[]> = /* @__PURE__ */ defineOp<
  [Tensor],
  readonly number[]
>({
  name: "softmax",
  forward: ([x], axes) => {
    const weights: Tensor = belowMaximum(x, axes).exp();
    return weights.div(weights.sum(axes, { keepDims: true }));
  },
  vjp: [
    {
      formula: "x̄ = y · (g − Σ g · y)",
      saves: ["output"],
      rule: (g, saved) => {
        const y = saved.output();
        return mul(y, sub(g, sum(mul(g, y), saved.attributes, { keepDims: true })));
      },
    },
  ],
});

/**
 * y = exp(x) / Σ exp(x) along `axis`: probabilities, each from 0 to 1 and together 1, of logits of any size.
 *
 * −∞ gets probability 0. A row that is all −∞, or holds +∞ or NaN, gives NaN, as in PyTorch. Over an empty axis the
 * result is empty.
 *
 * @param x `[…, n, …]`
 * @param axis default −1, the last.
 * @returns x's shape.
 * @throws {AxisError} if x does not have the axis.
 * @example softmax(variable([1000, 1000]))   // [0.5, 0.5]
 */
export function softmax<X extends Value, const A extends number = -1>(
  x: X,
  axis?: A & Guard<Reduce<ShapeOf<X>, A, true, "softmax">>,
): Lift<ShapeOf<X>, X> {
  return apply(softmaxOp, [x], normalizeAxes("softmax", axis ?? -1, x.rank)) as Lift<ShapeOf<X>, X>;
}

/** x − max x over `axes`: nothing in it is above 0. */
export function belowMaximum(x: Tensor, axes: readonly number[]): Tensor {
  const real: Tensor = x.cast(toFloat(x.dtype));
  return x.size === 0 ? real : real.sub(real.max(axes, { keepDims: true }));
}
