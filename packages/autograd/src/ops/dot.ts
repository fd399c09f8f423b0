import {
  type Dot,
  formatShape,
  type Guard,
  type Resolved,
  type Shape,
  ShapeMismatchError,
  type ShapeOf,
} from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { matmul } from "./matmul.ts";

/**
 * y = Σᵢ aᵢ·bᵢ of two vectors: `[n]`, `[n]` → `[]`.
 *
 * @throws {ShapeMismatchError} if one is no vector, or their lengths differ.
 * @example dot(variable([1, 2, 3]), variable([4, 5, 6]))   // 32
 */
export function dot<A extends Value, B extends Value>(
  a: A,
  b: B & Guard<Dot<ShapeOf<A>, ShapeOf<B>>>,
): Lift<Resolved<Dot<ShapeOf<A>, ShapeOf<B>>>, A, B> {
  const shape = b.shape;
  checkVectors("dot", a.shape, shape);
  if (a.shape[0] !== shape[0]) {
    const what = `lengths differ: a is ${formatShape(a.shape)} (axis 0 = ${a.shape[0]}), b is ${formatShape(shape)} (axis 0 = ${shape[0]}).`;
    throw new ShapeMismatchError("dot", what, "Give vectors of one length.", [a.shape, shape]);
  }
  return matmul(a as Value, b as Value) as Lift<Resolved<Dot<ShapeOf<A>, ShapeOf<B>>>, A, B>;
}

/** Refuses what is no vector, in the name of `op`. */
export function checkVectors(op: string, a: Shape, b: Shape): void {
  if (a.length === 1 && b.length === 1) return;
  const what = `both must have one axis: a is ${formatShape(a)}, b is ${formatShape(b)}.`;
  throw new ShapeMismatchError(op, what, "Give vectors; matmul takes matrices too.", [a, b]);
}
