import type { Guard, Outer, Resolved, ShapeOf } from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { checkVectors } from "./dot.ts";
import { mul } from "./mul.ts";
import { unsqueeze } from "./unsqueeze.ts";

/**
 * y[i, j] = aᵢ·bⱼ of two vectors: `[m]`, `[n]` → `[m, n]`.
 *
 * @throws {ShapeMismatchError} if one is no vector.
 * @example outer(variable([1, 2]), variable([3, 4]))   // [[3, 4], [6, 8]]
 */
export function outer<A extends Value, B extends Value>(
  a: A,
  b: B & Guard<Outer<ShapeOf<A>, ShapeOf<B>>>,
): Lift<Resolved<Outer<ShapeOf<A>, ShapeOf<B>>>, A, B> {
  const shape = b.shape;
  checkVectors("outer", a.shape, shape);
  return mul(unsqueeze(a as Value, 1), b as Value) as Lift<Resolved<Outer<ShapeOf<A>, ShapeOf<B>>>, A, B>;
}
