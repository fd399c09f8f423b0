import { checkHolds, checkOptions, type ShapeOf, where as select, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { greater } from "./greater.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** Settings of `leakyRelu`. */
export interface LeakyReluOptions {
  /** The slope left of 0. Default 0.01. */
  readonly negativeSlope?: number;
}

/** The op behind `leakyRelu`. */
export const leakyReluOp: Op<[Tensor], Required<LeakyReluOptions>> = /* @__PURE__ */ defineOp<
  [Tensor],
  Required<LeakyReluOptions>
>({
  name: "leakyRelu",
  forward: ([x], { negativeSlope }) => select(x.greater(0), x, x.mul(negativeSlope)),
  vjp: [
    {
      formula: "x̄ = g where x > 0, else negativeSlope · g",
      saves: [0],
      rule: (g, saved) => where(greater(saved.input(0), 0), g, mul(g, saved.attributes.negativeSlope)),
    },
  ],
});

/**
 * y = x where x > 0, else negativeSlope · x; NaN stays NaN. The derivative at 0 is negativeSlope.
 *
 * Source: A. L. Maas, A. Y. Hannun, A. Y. Ng, Rectifier nonlinearities improve neural network acoustic models, ICML 2013.
 *
 * @param x any shape `[…]`, float32 or float64.
 * @throws {DTypeError} if x is an integer or bool and the slope is not whole.
 * @throws {ArgumentError} on an unknown option.
 * @example leakyRelu(variable([-1, 0, 10]))   // [-0.01, 0, 10]
 */
export function leakyRelu<X extends Value>(x: X, options: LeakyReluOptions = {}): Lift<ShapeOf<X>, X> {
  checkOptions("leakyRelu", options, ["negativeSlope"]);
  const { negativeSlope = 0.01 } = options;
  checkHolds("leakyRelu", x.dtype, negativeSlope);
  return apply(leakyReluOp, [x], { negativeSlope }) as Lift<ShapeOf<X>, X>;
}
