import { asVariable, softmax, type Value, type Variable } from "@adjoint/autograd";
import type { ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = exp(x) / Σ exp(x) along `axis`: probabilities. Any shape that has the axis.
 *
 * Not in front of CrossEntropyLoss, which takes logits.
 *
 * @example new Softmax(-1).forward(variable([1000, 1000]))   // [0.5, 0.5]
 */
export class Softmax extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  /** The axis of the classes; negative ones count from the end. */
  readonly axis: number;

  constructor(axis: number) {
    super();
    this.axis = axis;
  }

  /** @throws {AxisError} if the input does not have the axis. */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(softmax(input as Value, this.axis)) as Variable<ShapeOf<X>>;
  }
}
