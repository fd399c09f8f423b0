import { checkHolds, checkOptions, type ShapeOf, type Tensor } from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { where } from "./where.ts";

/** The bounds of `hardtanh`. */
export interface HardtanhOptions {
  /** Default −1. */
  readonly min?: number;
  /** Default 1. */
  readonly max?: number;
}

/** The op behind `hardtanh`. */
export const hardtanhOp: Op<[Tensor], Required<HardtanhOptions>> = /* @__PURE__ */ defineOp<
  [Tensor],
  Required<HardtanhOptions>
>({
  name: "hardtanh",
  forward: ([x], { min, max }) => x.maximum(min).minimum(max),
  vjp: [
    {
      formula: "x̄ = g where min < x < max, else 0",
      saves: [0],
      rule: (g, saved) => where(between(tensorOf(saved.input(0)), saved.attributes), g, 0),
    },
  ],
});

/**
 * y = min(max(x, min), max), element by element; NaN stays NaN. `{ min: 0, max: 6 }` is ReLU6.
 *
 * The derivative at a bound is 0, as in PyTorch, where `clamp` has 1; at NaN it is 0.
 *
 * @param x any shape `[…]`.
 * @throws {ArgumentError} on an unknown option.
 * @throws {DTypeError} if x holds integers and a bound is not one of them.
 * @example hardtanh(variable([-2, 0.5, 2]))   // [-1, 0.5, 1]
 */
export function hardtanh<X extends Value>(x: X, options: HardtanhOptions = {}): Lift<ShapeOf<X>, X> {
  checkOptions("hardtanh", options, ["min", "max"]);
  const { min = -1, max = 1 } = options;
  for (const bound of [min, max]) checkHolds("hardtanh", x.dtype, bound);
  return apply(hardtanhOp, [x], { min, max }) as Lift<ShapeOf<X>, X>;
}

function between(x: Tensor, { min, max }: Required<HardtanhOptions>): Tensor {
  return x.greater(min).and(x.less(max));
}
