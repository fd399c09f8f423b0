import type { Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, type Meets, type Operand, realOperands } from "../operand.ts";
import type { Value } from "../variable.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import { mul } from "./mul.ts";
import { where } from "./where.ts";

/** The op behind `hypot`. */
export const hypotOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "hypot",
  broadcasts: true,
  forward: ([a, b]) => a.hypot(b),
  vjp: [
    {
      formula: "ā = g · a / y, and 0 where y = 0",
      saves: [0, "output"],
      rule: (g, saved) => mul(g, share(saved.input(0), saved.output())),
    },
    {
      formula: "b̄ = g · b / y, and 0 where y = 0",
      saves: [1, "output"],
      rule: (g, saved) => mul(g, share(saved.input(1), saved.output())),
    },
  ],
});

/**
 * y = √(a² + b²), element by element, without overflow or underflow on the way.
 *
 * It is the norm of the pair (a, b), and as that of every norm its derivative at (0, 0) is 0; PyTorch gives NaN there.
 *
 * @param a any shape `[…]`, floating-point to be differentiated, or a number; integers and bools become float32.
 * @param b a shape that broadcasts with a's, or a number.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @example hypot(variable([3, 5]), variable([4, 12]))   // [5, 13]
 */
export function hypot<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "hypot">,
): Elementwise<A, B, "hypot"> {
  return apply(hypotOp, realOperands("hypot", a, b)) as Elementwise<A, B, "hypot">;
}

/** x / y, and a constant 0 where y is 0. */
function share(x: Value, y: Value): Value {
  const zero = equal(y, 0);
  return where(zero, 0, div(x, where(zero, 1, y)));
}
