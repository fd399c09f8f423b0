import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, realOperands } from "../operand.ts";
import { div } from "./div.ts";
import { hypot } from "./hypot.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";

/** The op behind `atan2`. */
export const atan2Op: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "atan2",
  broadcasts: true,
  forward: ([a, b]) => a.atan2(b),
  vjp: [
    {
      formula: "ā = g · b / r², r = √(a² + b²)",
      saves: [0, 1],
      rule: (g, saved) => {
        const r = hypot(saved.input(0), saved.input(1));
        return mul(g, div(div(saved.input(1), r), r));
      },
    },
    {
      formula: "b̄ = −g · a / r², r = √(a² + b²)",
      saves: [0, 1],
      rule: (g, saved) => {
        const r = hypot(saved.input(0), saved.input(1));
        return neg(mul(g, div(div(saved.input(0), r), r)));
      },
    },
  ],
});

/**
 * y = the angle of the point (b, a) in radians, −π to π, element by element: arctan(a / b) in the right quadrant.
 *
 * At (0, 0) the angle is ±0 or ±π by the signs, and has no derivative: NaN, as in PyTorch.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number; integers and bools become float32.
 * @param b a shape that broadcasts with a's, or a number.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example atan2(variable([1, -1]), variable([0, -1]))   // [1.570796, -2.356194]
 */
export function atan2<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "atan2">,
): Elementwise<A, B, "atan2"> {
  return apply(atan2Op, realOperands("atan2", a, b)) as Elementwise<A, B, "atan2">;
}
