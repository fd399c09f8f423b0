/**
 * Stability of log-softmax. With m = max x and z = x − m,
 *
 *     log(exp(xᵢ) / Σ exp(xⱼ)) = zᵢ − log Σ exp(zⱼ).
 *
 * All z are ≤ 0 and one is 0: no exp overflows, the sum lies between 1 and n, and a probability too small for a number
 * (exp(−10⁴) = 0) still has its logarithm, where log(softmax(x)) would be −∞.
 * The rule needs y alone: ∂yᵢ/∂xⱼ = δᵢⱼ − exp(yⱼ), so x̄ⱼ = gⱼ − exp(yⱼ) Σᵢ gᵢ.
 */
import { type Guard, normalizeAxes, type Reduce, type ShapeOf, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { belowMaximum } from "./softmax.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";

/** The op behind `logSoftmax`; its attribute holds the one axis, or none for a 0-d x. */
export const logSoftmaxOp: Op<[Tensor], readonly number[]> = /* @__PURE__ */ defineOp<
  [Tensor],
  readonly number[]
>({
  name: "logSoftmax",
  forward: ([x], axes) => {
    const z = belowMaximum(x, axes);
    const total: Tensor = z.exp().sum(axes, { keepDims: true });
    return z.sub(total.log());
  },
  vjp: [
    {
      formula: "x̄ = g − exp(y) · Σ g",
      saves: ["output"],
      rule: (g, saved) => sub(g, mul(exp(saved.output()), sum(g, saved.attributes, { keepDims: true }))),
    },
  ],
});

/**
 * y = x − log Σ exp(x) along `axis`: the logarithms (nats) of softmax's probabilities, for logits of any size.
 *
 * −∞ stays −∞ and gets the gradient g. A row that is all −∞, or holds +∞ or NaN, gives NaN, as in PyTorch. Over an
 * empty axis the result is empty.
 *
 * @param x `[…, n, …]`
 * @param axis default −1, the last.
 * @returns x's shape.
 * @throws {AxisError} if x does not have the axis.
 * @example logSoftmax(variable([10000, 0]))   // [0, -10000]
 */
export function logSoftmax<X extends Value, const A extends number = -1>(
  x: X,
  axis?: A & Guard<Reduce<ShapeOf<X>, A, true, "logSoftmax">>,
): Lift<ShapeOf<X>, X> {
  return apply(logSoftmaxOp, [x], normalizeAxes("logSoftmax", axis ?? -1, x.rank)) as Lift<ShapeOf<X>, X>;
}
