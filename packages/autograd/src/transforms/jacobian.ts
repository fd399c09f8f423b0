import { ArgumentError, checkOptions, eye, type Shape, sizeOf, type Tensor, zeros } from "@adjoint/tensor";
import { reshape } from "../ops/reshape.ts";
import type { Value, Variable } from "../variable.ts";
import { pushforward } from "./jvp.ts";
import { outputsOf, Primals, pull } from "./primals.ts";
import { type Tracked, withLeaves } from "./tree.ts";
import type { Argnums, ArgnumsOption, Givens } from "./value-and-grad.ts";
import { vmap } from "./vmap.ts";

/** Settings of `jacobian`. */
export interface JacobianOptions<N extends Argnums = Argnums> extends ArgnumsOption<N> {
  /**
   * "reverse" (default) pulls back one cotangent for each element of the result, "forward" pushes one tangent for each
   * element of the arguments; the smaller number is the better choice. JAX calls them jacrev and jacfwd.
   */
  readonly mode?: "reverse" | "forward";
}

/** For each Value of the result R, a tree of the structure of argument N. */
export type Jacobian<R, A extends readonly unknown[], N extends Argnums> = R extends {
  readonly shape: Shape;
  readonly dtype: unknown;
}
  ? N extends readonly number[]
    ? { -readonly [K in keyof N]: AnyVariables<A[N[K] & keyof A]> }
    : AnyVariables<A[N & keyof A]>
  : { [K in keyof R]: Jacobian<R[K], A, N> };

/** Variables of unknown shape in place of all Values. */
type AnyVariables<T> = Tracked<T> extends Variable ? Variable : { [K in keyof T]: AnyVariables<T[K]> };

/**
 * `f` as a function that gives all its derivatives: ∂yᵢ/∂xⱼ for every element i of every result and j of every argument.
 *
 * All passes run at once, under `vmap`.
 *
 * @returns a function of the same arguments; for each Value y of the result a tree of the structure of the argument (or
 * a list of them, for a list of argnums), in which x is replaced by the Jacobian `[…y's axes, …x's axes]`.
 * @throws {ArgumentError} as `valueAndGrad`.
 * @example jacobian((x: Variable) => mul(x, x))(variable([1, 2]))   // [[2, 0], [0, 4]]
 */
export function jacobian<A extends readonly unknown[], R, const N extends Argnums = 0>(
  f: (...args: A) => R,
  options: JacobianOptions<N> = {},
): (...args: Givens<A>) => Jacobian<R, A, N> {
  checkOptions("jacobian", options, ["argnums", "mode"]);
  const { argnums = 0, mode = "reverse" } = options;
  if (mode !== "reverse" && mode !== "forward") {
    const what = `mode is ${JSON.stringify(mode)}.`;
    throw new ArgumentError("jacobian", "mode", what, 'Give "reverse" or "forward".');
  }
  const list: readonly number[] = typeof argnums === "number" ? [argnums] : argnums;
  const all = mode === "reverse" ? reverse : forward;
  return (...args) => {
    const { result, primals, parts } = all(f, args, list);
    const trees = parts.map((row) => primals.trees(row));
    const rows = typeof argnums === "number" ? trees.map(([tree]) => tree) : trees;
    return withLeaves(result, rows) as Jacobian<R, A, N>;
  };
}

/** For every output, in order, the Jacobian with respect to every leaf of the differentiated arguments. */
interface Derivatives {
  readonly result: unknown;
  readonly primals: Primals;
  readonly parts: readonly (readonly Value[])[];
}

function reverse(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  argnums: readonly number[],
): Derivatives {
  const primals = new Primals("jacobian", args, argnums);
  const result = primals.run(f);
  const parts = outputsOf("jacobian", result).map(({ value }) => {
    const lasting = primals.leadOutside(value);
    const rows = vmap((cotangent: Value) => pull([value], [cotangent], primals.points, lasting, true));
    return rows(basis(value)).map((row, j) =>
      reshape(row, [...value.shape, ...(primals.leaves[j]?.value.shape ?? [])]),
    );
  });
  return { result, primals, parts };
}

function forward(
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  argnums: readonly number[],
): Derivatives {
  const { result, pushed, push } = pushforward("jacobian", f, args, argnums);
  const outputs = outputsOf("jacobian", result).map(({ value }) => value);
  const rest: Value[] = pushed.points.map(({ shape, dtype }) => zeros(shape, { dtype }));
  const columns = pushed.points.map((point, j) => {
    const column = (tangent: Value): Value[] => push(rest.toSpliced(j, 1, tangent));
    const found = vmap(column, { outAxes: -1 })(basis(point));
    return found.map((each, k) => reshape(each, [...(outputs[k]?.shape ?? []), ...point.shape]));
  });
  return {
    result,
    primals: pushed,
    parts: outputs.map((_, k) => columns.map((column) => column[k] as Value)),
  };
}

/** Every tensor of x's shape that is 1 at one element and 0 elsewhere: `[size, …x's axes]`. */
function basis({ shape, dtype }: Value): Tensor {
  const size = sizeOf(shape);
  return eye(size, size, { dtype }).reshape([size, ...shape]);
}
