import { ArgumentError, checkOptions, full, type ShapeOf } from "@adjoint/tensor";
import { asVariable, type Value, type Variable } from "../variable.ts";
import { Primals, pull, scalarOf } from "./primals.ts";
import { type Given, mapTree, type Tracked } from "./tree.ts";

/** Which arguments are differentiated: one position, or a list of them. */
export type Argnums = number | readonly number[];

/** Settings of the gradient transforms. */
export interface ArgnumsOption<N extends Argnums = Argnums> {
  /** Default 0, the first. With a list the result is a list too. */
  readonly argnums?: N;
}

/** The arguments of a transformed function: Tensors are accepted where the function takes Variables. */
export type Givens<A extends readonly unknown[]> = { [K in keyof A]: Given<A[K]> };

/** One tree of Variables for argument N of A, or a list for a list. */
export type GradientsAt<A extends readonly unknown[], N extends Argnums> = N extends readonly number[]
  ? { -readonly [K in keyof N]: Tracked<A[N[K] & keyof A]> }
  : Tracked<A[N & keyof A]>;

/**
 * `f` as a function that gives its value and its gradient: `[f(x), ∂f/∂x]`.
 *
 * The gradient has the structure of the argument: an object of weights has an object of gradients. No `grad` is
 * touched. Where a Value is tracked outside, argument or not, the results can be differentiated in their turn; inside
 * noGrad they are plain numbers, and the backward pass is not recorded.
 *
 * @param f gives one floating-point number (any shape of one element), or with hasAux `[value, aux]`, where aux is
 * anything that shall be handed on.
 * @returns a function of the same arguments that gives `[value, gradients]`, or `[value, gradients, aux]`.
 * @throws {ArgumentError} if f gives something else, or a differentiated argument holds no floating-point Value.
 * @example valueAndGrad((x: Variable) => sum(mul(x, x)))(variable([3, 4]))   // [25, [6, 8]]
 */
export function valueAndGrad<A extends readonly unknown[], Y extends Value, Aux, const N extends Argnums = 0>(
  f: (...args: A) => readonly [value: Y, aux: Aux],
  options: ArgnumsOption<N> & { readonly hasAux: true },
): (...args: Givens<A>) => [value: Variable<ShapeOf<Y>>, gradients: GradientsAt<A, N>, aux: Aux];
export function valueAndGrad<A extends readonly unknown[], Y extends Value, const N extends Argnums = 0>(
  f: (...args: A) => Y,
  options?: ArgnumsOption<N> & { readonly hasAux?: false },
): (...args: Givens<A>) => [value: Variable<ShapeOf<Y>>, gradients: GradientsAt<A, N>];
export function valueAndGrad(
  f: (...args: never[]) => unknown,
  options: ArgnumsOption & { readonly hasAux?: boolean } = {},
): (...args: never[]) => unknown[] {
  checkOptions("valueAndGrad", options, ["argnums", "hasAux"]);
  return (...args: unknown[]) => differentiate("valueAndGrad", f, args, options);
}

/** Value, gradients and, with hasAux, aux of f at `args`. */
export function differentiate(
  op: string,
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  options: ArgnumsOption & { readonly hasAux?: boolean },
): unknown[] {
  const { argnums = 0, hasAux = false } = options;
  const primals = new Primals(op, args, typeof argnums === "number" ? [argnums] : argnums);
  const result = primals.run(f);
  const [value, aux] = hasAux ? withAux(op, result) : [result];
  const y = scalarOf(op, value);
  const one = full(y.shape, 1, { dtype: y.dtype });
  const lasting = primals.leadOutside(y);
  const trees = primals.trees(pull([y], [one], primals.points, lasting, false));
  const why = `was made by ${op}, and nothing outside of it is tracked`;
  const results = [asVariable(primals.release(y, why)), typeof argnums === "number" ? trees[0] : trees];
  return hasAux ? [...results, mapTree(aux, (each) => primals.release(each, why))] : results;
}

function withAux(op: string, result: unknown): readonly unknown[] {
  if (Array.isArray(result) && result.length === 2) return result;
  const remedy = "Return [value, aux], or leave out hasAux.";
  throw new ArgumentError(op, "f", "hasAux is true and f gave no pair.", remedy);
}
