import type { Guard, Reduce, Resolved, ShapeOf } from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { type DiagonalOptions, take } from "./diagonal.ts";
import { sum } from "./sum.ts";

/**
 * y = Σᵢ x[…, i, …, i + offset, …]: the sum of a diagonal over axes axis1 and axis2, `[m, n]` → `[]`.
 *
 * @throws {AxisError} if x does not have the axes, or they are the same.
 * @throws {ArgumentError} if the offset is fractional, or on an unknown option.
 * @example trace(variable([[1, 2], [3, 4]]))   // 5
 */
export function trace<X extends Value, const I extends number = 0, const J extends number = 1>(
  x: X & Guard<Reduce<ShapeOf<X>, [I, J], false, "trace">>,
  options: DiagonalOptions<I, J> = {},
): Lift<Resolved<Reduce<ShapeOf<X>, [I, J], false, "trace">>, X> {
  return sum(take("trace", x, options), -1) as Lift<Resolved<Reduce<ShapeOf<X>, [I, J], false, "trace">>, X>;
}
