import { asVariable, type Value, type Variable } from "@adjoint/autograd";
import type { ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = x: a place holder where a module is asked for. The same tensor, not copied.
 *
 * @example new Identity().forward(tensor([1, 2]))   // [1, 2]
 */
export class Identity extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(input as Value) as Variable<ShapeOf<X>>;
  }
}
