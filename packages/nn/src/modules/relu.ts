import { asVariable, relu, type Value, type Variable } from "@adjoint/autograd";
import type { ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = max(x, 0), element by element; the derivative at 0 is 0. Any shape.
 *
 * @example new ReLU().forward(variable([-1, 0, 2]))   // [0, 0, 2]
 */
export class ReLU extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(relu(input as Value)) as Variable<ShapeOf<X>>;
  }
}
