import { full } from "@adjoint/tensor";
import type { Value } from "../variable.ts";
import { isTracked, Primals, pull, scalarOf } from "./primals.ts";
import { type Given, matchLeaves, type Tracked } from "./tree.ts";
import type { Givens } from "./value-and-grad.ts";

/**
 * The Hessian of f at `primals` times `tangents`: H·t = d⟨∂f/∂x, t⟩/dx, at the cost of a few backward passes and
 * without H itself. H is that of all primals together: its result has the structure of primals.
 *
 * @param f gives one floating-point number.
 * @param primals the arguments of f, as a list.
 * @param tangents a list of the structure and shapes of primals.
 * @throws {ArgumentError} if f gives something else, a primal holds no floating-point Value, or tangents do not fit.
 * @example hvp((x: Variable) => sum(mul(mul(x, x), x)), [variable([1, 2])], [tensor([1, 1])])   // [[6, 12]]
 */
export function hvp<A extends readonly unknown[]>(
  f: (...args: A) => Value,
  primals: Givens<A>,
  tangents: { readonly [K in keyof A]: Given<Tracked<A[K]>> },
): { -readonly [K in keyof A]: Tracked<A[K]> };
export function hvp(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  tangents: readonly unknown[],
): readonly unknown[] {
  const primals = new Primals("hvp", args, [...args.keys()]);
  const given = matchLeaves("hvp", "tangents", primals.leaves, tangents);
  const y = scalarOf("hvp", primals.run(f));
  const lasting = primals.leadOutside(y) || given.some(isTracked);
  const gradients = pull([y], [full(y.shape, 1, { dtype: y.dtype })], primals.points, true, true);
  return primals.trees(pull(gradients, given, primals.points, lasting, false));
}
