import { add, asVariable, mean, mul, rsqrt, square, type Value, type Variable } from "@adjoint/autograd";
import { checkOptions, type FloatDType, ones, type Shape, type ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { Parameter } from "../parameter.ts";
import { normalizedAxes, normalizedShapeOf } from "./normalized-shape.ts";

/** Settings of an RMSNorm. */
export interface RMSNormOptions {
  /** ε, added to the mean square, at least 0. Default: the distance from 1 to the next number of the input's dtype. */
  readonly epsilon?: number;
  /** Scale each element by a weight that is trained. Default true. */
  readonly elementwiseAffine?: boolean;
  /** Default float32. */
  readonly dtype?: FloatDType;
}

/**
 * Each example over the root of its mean square in its last axes: y = γ · x / √(mean x² + ε) for x
 * `[…, ...normalizedShape]`, γ `[...normalizedShape]`. The same in training and evaluation.
 *
 * Source: B. Zhang, R. Sennrich, Root mean square layer normalization, NeurIPS 2019.
 *
 * @example new RMSNorm(2, { epsilon: 0 }).forward(variable([1, 7]))   // [0.2, 1.4]
 */
export class RMSNorm extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  /** γ, from 1; null without elementwiseAffine. */
  readonly weight: Parameter | null;
  readonly #shape: Shape;
  readonly #epsilon: number | null;

  /**
   * @param normalizedShape the size of the last axis, or those of the last axes.
   * @throws {ArgumentError} on a setting that is unknown or outside its range.
   */
  constructor(normalizedShape: number | Shape, options: RMSNormOptions = {}) {
    super();
    checkOptions("RMSNorm", options, ["epsilon", "elementwiseAffine", "dtype"]);
    const { epsilon = null, elementwiseAffine = true, dtype = "float32" } = options;
    if (epsilon !== null) checkAtLeast("RMSNorm", "epsilon", epsilon, 0);
    this.#shape = normalizedShapeOf("RMSNorm", normalizedShape);
    this.#epsilon = epsilon;
    this.weight = elementwiseAffine ? new Parameter<Shape>(ones(this.#shape, { dtype })) : null;
  }

  /** @throws {ShapeMismatchError} if the last axes of the input are not normalizedShape. */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const x: Value = input;
    const axes = normalizedAxes("RMSNorm", x, this.#shape);
    const epsilon = this.#epsilon ?? (x.dtype === "float64" ? 2 ** -52 : 2 ** -23);
    const power: Value = mean(square(x), axes, { keepDims: true });
    const standard: Value = mul(x, rsqrt(add(power, epsilon)));
    const y = this.weight === null ? standard : mul(standard, this.weight);
    return asVariable(y) as Variable<ShapeOf<X>>;
  }
}
