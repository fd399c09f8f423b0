import {
  ArgumentError,
  type Broadcast,
  broadcastShapes,
  checkHolds,
  formatShape,
  type Guard,
  type Resolved,
  type ShapeOf,
} from "@adjoint/tensor";
import type { Operand } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";
import { where } from "./where.ts";

/**
 * y = value where mask, else x, element by element. Copies.
 *
 * What is filled over gets a gradient of exactly 0, whatever it was.
 *
 * @param x any shape `[…]`.
 * @param mask bool (other dtypes: true where not 0), of a shape that broadcasts with x's.
 * @param value a number, or a 0-d Value, which may be differentiated.
 * @returns the broadcast shape.
 * @throws {ShapeMismatchError} if the shapes do not broadcast.
 * @throws {ArgumentError} if value is not 0-d.
 * @throws {DTypeError} if x's dtype cannot hold the number.
 * @example maskedFill(variable([1, 2]), tensor([true, false]), -5)   // [-5, 2]
 */
export function maskedFill<X extends Value, M extends Value, V extends Operand>(
  x: X,
  mask: M & Guard<Broadcast<ShapeOf<X>, ShapeOf<M>, "maskedFill">>,
  value: V,
): Lift<Resolved<Broadcast<ShapeOf<X>, ShapeOf<M>, "maskedFill">>, X, M, V> {
  const shape = mask.shape;
  broadcastShapes("maskedFill", x.shape, shape);
  if (typeof value === "number") checkHolds("maskedFill", x.dtype, value);
  else if (value.rank !== 0) {
    const what = `value is ${formatShape(value.shape)}.`;
    throw new ArgumentError(
      "maskedFill",
      "value",
      what,
      "Give a number or a 0-d tensor; where takes any shape.",
    );
  }
  const y = where(mask as Value, value as Operand, x as Value);
  return y as Lift<Resolved<Broadcast<ShapeOf<X>, ShapeOf<M>, "maskedFill">>, X, M, V>;
}
