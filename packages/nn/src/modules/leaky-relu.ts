import { asVariable, leakyRelu, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, checkOptions, type ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/** Settings of a LeakyReLU layer. */
export interface LeakyReLUOptions {
  /** The slope left of 0. Default 0.01. */
  readonly negativeSlope?: number;
}

/**
 * y = x where x > 0, else negativeSlope · x; the derivative at 0 is negativeSlope. Any shape.
 *
 * Source: A. L. Maas, A. Y. Hannun, A. Y. Ng, Rectifier nonlinearities improve neural network acoustic models, ICML 2013.
 *
 * @example new LeakyReLU({ negativeSlope: 0.1 }).forward(variable([-1, 2]))   // [-0.1, 2]
 */
export class LeakyReLU extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  readonly negativeSlope: number;

  /** @throws {ArgumentError} if the slope is not finite. */
  constructor(options: LeakyReLUOptions = {}) {
    super();
    checkOptions("LeakyReLU", options, ["negativeSlope"]);
    this.negativeSlope = options.negativeSlope ?? 0.01;
    if (Number.isFinite(this.negativeSlope)) return;
    const what = `negativeSlope is ${this.negativeSlope}.`;
    throw new ArgumentError("LeakyReLU", "negativeSlope", what, "Give a finite number; 0.01 is usual.");
  }

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const { negativeSlope } = this;
    return asVariable(leakyRelu(input as Value, { negativeSlope })) as Variable<ShapeOf<X>>;
  }
}
