import type { FloatDType, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
// The sweep brings every contribution to its input's dtype, so the transpose of a cast is the cotangent itself.

/** The op behind `cast`. */
export const castOp: Op<[Tensor], Tensor["dtype"]> = /* @__PURE__ */ defineOp<[Tensor], Tensor["dtype"]>({
  name: "cast",
  forward: ([x], dtype) => x.cast(dtype),
  vjp: [{ formula: "x̄ = g in x's dtype", rule: (g) => g }],
});

/**
 * The same numbers in `dtype`. Gradients come back in x's dtype; a cast to an integer or bool dtype carries none.
 *
 * @example cast(variable([1.5]), "int32")   // [1]
 */
export function cast<X extends Value>(x: X, dtype: FloatDType | Tensor["dtype"]): Lift<ShapeOf<X>, X> {
  return apply(castOp, [x], dtype) as Lift<ShapeOf<X>, X>;
}
