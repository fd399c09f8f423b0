import { asVariable, tanh, type Value, type Variable } from "@adjoint/autograd";
import type { ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = tanh x, element by element. Any shape.
 *
 * @example new Tanh().forward(variable([0, 100]))   // [0, 1]
 */
export class Tanh extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(tanh(input as Value)) as Variable<ShapeOf<X>>;
  }
}
