import { isTracked, outputsOf, Primals, pull } from "./primals.ts";
import { type Given, mapTree, matchLeaves, type Tracked } from "./tree.ts";
import type { Givens } from "./value-and-grad.ts";

/**
 * f at `primals`, and the function that takes cotangents back through it: ū ↦ Jᵀ·ū.
 *
 * The pullback may be called as often as one likes, and inside `vmap`. It gives one tree of cotangents for each primal.
 *
 * @returns `[f(…primals), pullback]`; pullback takes a tree of the structure and shapes of f's result.
 * @throws {ArgumentError} if a primal holds no floating-point Value, or cotangents do not fit.
 * @example vjp((x: Variable) => mul(x, x), variable([1, 2]))[1](tensor([1, 10]))   // [[2, 40]]
 */
export function vjp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  ...primals: Givens<A>
): [result: R, pullback: (cotangents: Given<Tracked<R>>) => { -readonly [K in keyof A]: Tracked<A[K]> }];
export function vjp(f: (...args: never[]) => unknown, ...args: readonly unknown[]): unknown[] {
  const primals = new Primals("vjp", args, [...args.keys()]);
  const result = primals.run(f);
  const outputs = outputsOf("vjp", result);
  const values = outputs.map(({ value }) => value);
  const pullback = (cotangents: unknown): readonly unknown[] => {
    const given = matchLeaves("vjp", "cotangents", outputs, cotangents);
    const lasting = given.some(isTracked) || values.some((value) => primals.leadOutside(value));
    return primals.trees(pull(values, given, primals.points, lasting, true));
  };
  const why = "was made by vjp, and nothing outside of it is tracked";
  return [mapTree(result, (value) => primals.release(value, why)), pullback];
}
