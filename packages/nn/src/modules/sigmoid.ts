import { asVariable, sigmoid, type Value, type Variable } from "@adjoint/autograd";
import type { ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = 1 / (1 + e⁻ˣ), element by element, exact at both ends. Any shape.
 *
 * @example new Sigmoid().forward(variable([0]))   // [0.5]
 */
export class Sigmoid extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(sigmoid(input as Value)) as Variable<ShapeOf<X>>;
  }
}
