import { checkOptions } from "@adjoint/tensor";
import type { Value } from "../variable.ts";
import { grad } from "./grad.ts";
import { type Jacobian, jacobian } from "./jacobian.ts";
import type { Argnums, ArgnumsOption, Givens, GradientsAt } from "./value-and-grad.ts";

/**
 * `f` as a function that gives its second derivatives: ∂²y/∂xᵢ∂xⱼ, the Jacobian of its gradient.
 *
 * @param f gives one floating-point number.
 * @returns a function of the same arguments; for each Value x of the argument a tree of the argument's structure, in
 * which x' is replaced by `[…x's axes, …x''s axes]`. For the product with a vector alone, `hvp` is far cheaper.
 * @throws {ArgumentError} as `valueAndGrad`.
 * @example hessian((x: Variable) => sum(mul(mul(x, x), x)))(variable([1, 2]))   // [[6, 0], [0, 12]]
 */
export function hessian<A extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: A) => Value,
  options: ArgnumsOption<N> = {},
): (...args: Givens<A>) => Jacobian<GradientsAt<A, N>, A, N> {
  checkOptions("hessian", options, ["argnums"]);
  const gradient = grad(f, options) as (...args: A) => GradientsAt<A, N>;
  return jacobian(gradient, options);
}
