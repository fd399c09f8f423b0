import { asVariable, div, mul, softplus, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, checkOptions, type ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/** Settings of a Softplus layer. */
export interface SoftplusOptions {
  /** β, how sharply it bends at 0, above 0. Default 1. */
  readonly beta?: number;
}

/**
 * y = ln(1 + e^(βx)) / β, element by element: a smooth ReLU, exact at both ends. Any shape.
 *
 * PyTorch gives x itself where βx is above its threshold of 20, which is off by up to 2e-9.
 *
 * @example new Softplus().forward(variable([-10000, 0, 10000]))   // [0, 0.6931472, 10000]
 */
export class Softplus extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  readonly beta: number;

  /** @throws {ArgumentError} if beta is not a finite number above 0. */
  constructor(options: SoftplusOptions = {}) {
    super();
    checkOptions("Softplus", options, ["beta"]);
    this.beta = options.beta ?? 1;
    if (this.beta > 0 && this.beta < Number.POSITIVE_INFINITY) return;
    const remedy = "Give a finite number above 0.";
    throw new ArgumentError("Softplus", "beta", `beta is ${this.beta}.`, remedy);
  }

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const x: Value = input;
    const y = this.beta === 1 ? softplus(x) : div(softplus(mul(x, this.beta)), this.beta);
    return asVariable(y) as Variable<ShapeOf<X>>;
  }
}
