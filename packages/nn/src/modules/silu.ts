import { asVariable, silu, type Value, type Variable } from "@adjoint/autograd";
import type { ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = x · σ(x), element by element, σ the sigmoid (also called swish). Any shape.
 *
 * @example new SiLU().forward(variable([-1, 0, 1]))   // [-0.2689414, 0, 0.7310586]
 */
export class SiLU extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(silu(input as Value)) as Variable<ShapeOf<X>>;
  }
}
