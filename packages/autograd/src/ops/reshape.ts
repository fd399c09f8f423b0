import type { Guard, Reshape, Resolved, Shape, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";

/** The op behind `reshape`. */
export const reshapeOp: Op<[Tensor], Shape> = /* @__PURE__ */ defineOp<[Tensor], Shape>({
  name: "reshape",
  forward: ([x], shape) => x.reshape(shape),
  vjp: [{ formula: "x̄ = reshape(g, shape of x)", rule: (g, saved) => reshape(g, saved.inputShape(0)) }],
});

/**
 * x's elements in row-major order in a new shape: a view where strides allow it, else a copy.
 *
 * @param shape axes that multiply to x's number of elements; one may be −1 and is worked out.
 * @throws {ShapeMismatchError} if the numbers of elements differ.
 * @example reshape(variable([[1, 2], [3, 4]]), [-1])   // [1, 2, 3, 4]
 */
export function reshape<X extends Value, const S extends Shape>(
  x: X,
  shape: S & Guard<Reshape<ShapeOf<X>, S>>,
): Lift<Resolved<Reshape<ShapeOf<X>, S>>, X> {
  return apply(reshapeOp, [x], shape) as Lift<Resolved<Reshape<ShapeOf<X>, S>>, X>;
}
