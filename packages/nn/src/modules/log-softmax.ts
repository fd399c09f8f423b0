import { asVariable, logSoftmax, type Value, type Variable } from "@adjoint/autograd";
import type { ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = x − log Σ exp(x) along `axis`: the logarithms (nats) of softmax's probabilities, as NLLLoss takes them.
 *
 * @example new LogSoftmax(-1).forward(variable([10000, 0]))   // [0, -10000]
 */
export class LogSoftmax extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  /** The axis of the classes; negative ones count from the end. */
  readonly axis: number;

  constructor(axis: number) {
    super();
    this.axis = axis;
  }

  /** @throws {AxisError} if the input does not have the axis. */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(logSoftmax(input as Value, this.axis)) as Variable<ShapeOf<X>>;
  }
}
