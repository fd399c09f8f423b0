import { asVariable, mul, type Value, type Variable } from "@adjoint/autograd";
import {
  ArgumentError,
  checkOptions,
  DTypeError,
  defaultGenerator,
  type Generator,
  isFloat,
  type RandomSource,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * In training y = m · x / (1 − p), where each m is 0 with probability p and 1 else; in evaluation y = x. Any shape.
 *
 * The mean of y is x either way. With p = 1 everything is dropped, with p = 0 nothing; p is rounded to a multiple of
 * 2⁻²⁴. The bits are drawn by tensor operations, so that a recorded step draws new ones at each run.
 *
 * Source: N. Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15 (2014).
 *
 * @example new Dropout(0.2).eval().forward(tensor([1, 2]))   // [1, 2]
 */
export class Dropout extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  /** The probability that an element is dropped. */
  readonly p: number;
  /** Whose bits decide. */
  readonly generator: Generator;

  /** @throws {ArgumentError} if p is outside 0 … 1. */
  constructor(p = 0.5, options: RandomSource = {}) {
    super();
    checkOptions("Dropout", options, ["generator"]);
    this.p = p;
    // Taken now, outside any recording: a recorded step finds the generator's state and does not make it.
    this.generator = options.generator ?? defaultGenerator();
    if (p >= 0 && p <= 1) return;
    throw new ArgumentError("Dropout", "p", `p is ${p}.`, "Give a probability from 0 to 1.");
  }

  /** @throws {DTypeError} if the input is not floating-point. */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const x: Value = input;
    if (!isFloat(x.dtype)) {
      const remedy = 'Dropout scales by 1 / (1 - p); use cast("float32").';
      throw new DTypeError("Dropout", `input is ${x.dtype}.`, remedy, x.dtype);
    }
    const dropped = this.training && this.p > 0 ? mul(x, this.#mask(x)) : x;
    return asVariable(dropped) as Variable<ShapeOf<X>>;
  }

  /** 0 or 1 / (1 − p) for each element of x. */
  #mask(x: Value): Tensor {
    const kept: Tensor = this.generator.bernoulli(1 - this.p, x.shape).cast(x.dtype);
    return this.p === 1 ? kept : kept.mul(1 / (1 - this.p));
  }
}
