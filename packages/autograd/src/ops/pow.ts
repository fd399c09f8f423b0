import type { Tensor } from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { type Elementwise, isVariable, type Meets, type Operand, operands } from "../operand.ts";
import type { Value } from "../variable.ts";
import { log } from "./log.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { where } from "./where.ts";

/** The op behind `pow`. */
export const powOp: Op<[Tensor, Tensor]> = /* @__PURE__ */ defineOp<[Tensor, Tensor]>({
  name: "pow",
  broadcasts: true,
  forward: ([a, b]) => a.pow(b),
  vjp: [
    {
      formula: "ā = g · b · aᵇ⁻¹, and 0 where b = 0",
      saves: [0, 1],
      rule: (g, saved) => mul(g, slopeInBase(saved.input(0), saved.input(1))),
    },
    {
      formula: "b̄ = g · y · ln a, and 0 where a = 0 and b ≥ 0",
      saves: [0, 1, "output"],
      rule: (g, saved) => mul(g, mul(saved.output(), logOfBase(saved.input(0), saved.input(1)))),
    },
  ],
});

/**
 * y = aᵇ, element by element; 0⁰ = 1, and a negative a has a power only where b is whole.
 *
 * ∂y/∂a is 0 where b = 0, for a = 0 too. ∂y/∂b is 0 where a = 0 and b ≥ 0, −∞ where a = 0 and b < 0, NaN where a < 0.
 *
 * @param a the base, any shape `[…]`, floating-point to be differentiated, or a number, which takes b's dtype.
 * @param b the exponent, a shape that broadcasts with a's, or a number, which takes a's dtype.
 * @returns the broadcast shape, in the dtype where both meet.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {DTypeError} if a number does not fit an integer operand's dtype, or both operands are bool.
 * @example pow(variable([1, 2, 3]), 2)   // [1, 4, 9]
 */
export function pow<A extends Operand, B extends Operand>(
  a: A,
  b: B & Meets<A, B, "pow">,
): Elementwise<A, B, "pow"> {
  return apply(powOp, operands("pow", a, b)) as Elementwise<A, B, "pow">;
}

/** b·aᵇ⁻¹. Where that is 0·∞, both factors are replaced, so that no NaN arises, nor in a derivative of this. */
function slopeInBase(a: Value, b: Value): Value {
  const flat = flatInBase(tensorOf(a), b);
  return mul(where(flat, 0, b), pow(a, where(flat, 0, sub(b, 1))));
}

/** Where b = 0. If b is differentiated once more, only where also a⁻¹ is infinite: ∂²y/∂a∂b is 1/a elsewhere. */
function flatInBase(a: Tensor, b: Value): Tensor {
  const zero = tensorOf(b).equal(0);
  return isVariable(b) ? zero.and(a.pow(-1).isfinite().not()) : zero;
}

/** ln a, but 0 where a = 0 and b ≥ 0: there y·ln a has the limit 0. */
function logOfBase(a: Value, b: Value): Value {
  const limit = tensorOf(a).equal(0).and(tensorOf(b).greaterEqual(0));
  return log(where(limit, 1, a));
}
