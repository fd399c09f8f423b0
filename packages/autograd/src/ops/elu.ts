import { checkOptions, type ShapeOf, where as select, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { toReal } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";
import { exp } from "./exp.ts";
import { less } from "./less.ts";
import { lessEqual } from "./less-equal.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** Settings of `elu`. */
export interface EluOptions {
  /** −alpha is approached at −∞. Default 1. */
  readonly alpha?: number;
}

/** The op behind `elu`. */
export const eluOp: Op<[Tensor], Required<EluOptions>> = /* @__PURE__ */ defineOp<
  [Tensor],
  Required<EluOptions>
>({
  name: "elu",
  forward: ([x], { alpha }) => {
    const real = toReal(x);
    return select(real.greater(0), real, real.expm1().mul(alpha));
  },
  vjp: [
    {
      formula: "x̄ = g · alpha · eˣ where x ≤ 0, else g",
      saves: [0],
      rule: (g, saved) => {
        const x = saved.input(0);
        // The exponential sees no positive x: it would overflow, and make a NaN of the second derivative.
        const slope = mul(exp(where(less(x, 0), x, 0)), saved.attributes.alpha);
        return where(lessEqual(x, 0), mul(g, slope), g);
      },
    },
  ],
});

/**
 * y = x where x > 0, else alpha · (eˣ − 1), element by element. The derivative at 0 is alpha, as in PyTorch.
 *
 * Source: D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and accurate deep network learning by exponential linear
 * units, ICLR 2016.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @throws {ArgumentError} on an unknown option.
 * @example elu(variable([-1, 0, 2]))   // [-0.6321205, 0, 2]
 */
export function elu<X extends Value>(x: X, options: EluOptions = {}): Lift<ShapeOf<X>, X> {
  checkOptions("elu", options, ["alpha"]);
  return apply(eluOp, [x], { alpha: options.alpha ?? 1 }) as Lift<ShapeOf<X>, X>;
}
