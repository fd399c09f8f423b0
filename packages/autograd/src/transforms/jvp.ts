/**
 * jvp by the double-vjp identity: Jᵀ·u is linear in u, so its own transpose is (Jᵀ)ᵀ = J, and
 *
 *     J·t = d⟨Jᵀ·u, t⟩/du   for any u.
 *
 * Source: J. Townsend, "A new trick for calculating Jacobian vector products", 2017.
 */
import { isFloat, zeros } from "@adjoint/tensor";
import { type Value, Variable } from "../variable.ts";
import { isTracked, outputsOf, Primals, pull } from "./primals.ts";
import { type Given, mapTree, matchLeaves, type Tracked, withLeaves } from "./tree.ts";
import type { Givens } from "./value-and-grad.ts";

/**
 * f at `primals`, and its derivative in the direction of `tangents`: `[f(x), J·t]`.
 *
 * @param primals the arguments of f, as a list.
 * @param tangents a list of the structure and shapes of primals.
 * @returns the result and its tangents, trees of one structure.
 * @throws {ArgumentError} if a primal holds no floating-point Value, or tangents do not fit.
 * @example jvp((x: Variable) => mul(x, x), [variable([1, 2])], [tensor([1, 10])])   // [[1, 4], [2, 40]]
 */
export function jvp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  primals: Givens<A>,
  tangents: { readonly [K in keyof A]: Given<Tracked<A[K]>> },
): [result: R, tangents: Tracked<R>];
export function jvp(
  f: (...args: never[]) => unknown,
  primals: readonly unknown[],
  tangents: readonly unknown[],
): unknown[] {
  const { result, pushed, push } = pushforward("jvp", f, primals, [...primals.keys()]);
  const given = matchLeaves("jvp", "tangents", pushed.leaves, tangents);
  const why = "was made by jvp, and nothing outside of it is tracked";
  return [mapTree(result, (value) => pushed.release(value, why)), withLeaves(result, push(given))];
}

/** One run of a function, and what takes tangents (one for each leaf of `pushed`) to those of its outputs. */
export interface Pushforward {
  readonly result: unknown;
  readonly pushed: Primals;
  push(tangents: readonly Value[]): Variable[];
}

/** f at `args`, ready for tangents of the arguments `argnums`. */
export function pushforward(
  op: string,
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  argnums: readonly number[],
): Pushforward {
  const pushed = new Primals(op, args, argnums);
  const result = pushed.run(f);
  const values = outputsOf(op, result).map(({ value }) => value);
  const lasting = values.some((value) => pushed.leadOutside(value));
  // J·t does not depend on u: any number will do.
  const cotangents = values.map(
    ({ shape, dtype }) => new Variable(zeros(shape, { dtype }), { requiresGrad: isFloat(dtype) }),
  );
  const pulled = pull(values, cotangents, pushed.points, true, true);
  const push = (tangents: readonly Value[]): Variable[] =>
    pull(pulled, tangents, cotangents, lasting || tangents.some(isTracked), true);
  return { result, pushed, push };
}
