/**
 * Nested arrays and plain objects of Values ("pytrees"): what the transforms take and give.
 *
 * A leaf is a Tensor or a Variable. Arrays and plain objects are walked, in the order of their keys; anything else
 * (a string, a function, a class instance) is no leaf and is handed on as it is.
 */
import { ArgumentError, formatShape, type Shape, sameShape, Tensor } from "@adjoint/tensor";
import { type Value, Variable } from "../variable.ts";

/** What a function takes where its Variables may be given as Tensors too. */
export type Given<T> =
  T extends Variable<infer S> ? Value<S> : T extends Walked ? { [K in keyof T]: Given<T[K]> } : T;

/** A tree with a Variable of the same shape in place of every Value: gradients, cotangents, tangents. */
export type Tracked<T> = T extends { readonly shape: infer S extends Shape; readonly dtype: unknown }
  ? Variable<S>
  : T extends Walked
    ? { [K in keyof T]: Tracked<T[K]> }
    : T;

/** Arrays and objects other than Values and functions. */
type Walked = object & { readonly storage?: never; readonly value?: never; readonly call?: never };

/** A leaf and where it is: `[0].weight`. */
export interface Leaf {
  readonly value: Value;
  readonly path: string;
}

/** True for a leaf. */
export function isValue(x: unknown): x is Value {
  return x instanceof Tensor || x instanceof Variable;
}

/** A tree of the same structure with `visit(leaf)` in place of every leaf. */
export function mapTree(tree: unknown, visit: (value: Value, path: string) => unknown, path = ""): unknown {
  if (isValue(tree)) return visit(tree, path);
  if (Array.isArray(tree)) return tree.map((part: unknown, i) => mapTree(part, visit, `${path}[${i}]`));
  if (!isPlainObject(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, part]) => [key, mapTree(part, visit, `${path}.${key}`)]),
  );
}

/** The leaves in order. */
export function leavesOf(tree: unknown, path = ""): Leaf[] {
  const leaves: Leaf[] = [];
  mapTree(tree, (value, at) => leaves.push({ value, path: at }), path);
  return leaves;
}

/** `tree` with `values`, in order, in place of its leaves. */
export function withLeaves(tree: unknown, values: readonly unknown[]): unknown {
  let next = 0;
  return mapTree(tree, () => values[next++]);
}

/**
 * The leaves of `tree`, one for each of `reference` in their order.
 *
 * @param what names the tree in messages.
 * @throws {ArgumentError} if one is missing or has another shape.
 */
export function matchLeaves(op: string, what: string, reference: readonly Leaf[], tree: unknown): Value[] {
  const found = new Map(leavesOf(tree).map(({ value, path }) => [path, value]));
  for (const { value, path } of reference) {
    const match = found.get(path);
    if (match !== undefined && sameShape(match.shape, value.shape)) continue;
    const given = match === undefined ? "nothing" : formatShape(match.shape);
    throw new ArgumentError(
      op,
      what,
      `${what}${path} is ${given}, its counterpart is ${formatShape(value.shape)}.`,
      `Give ${what} of the structure and shapes of their counterparts.`,
    );
  }
  if (found.size > reference.length) {
    const known = new Set(reference.map(({ path }) => path));
    const extra = [...found.keys()].find((path) => !known.has(path)) ?? "";
    throw new ArgumentError(
      op,
      what,
      `${what}${extra} has no counterpart.`,
      `Give ${what} of the structure and shapes of their counterparts.`,
    );
  }
  return reference.map(({ path }) => found.get(path) as Value);
}

/** True for objects made by `{}` and their like. */
function isPlainObject(x: unknown): x is Readonly<Record<string, unknown>> {
  if (typeof x !== "object" || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === Object.prototype || prototype === null;
}
