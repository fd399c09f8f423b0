import { add, asVariable, mean, mul, rsqrt, square, sub, type Value, type Variable } from "@adjoint/autograd";
import { checkOptions, type FloatDType, ones, type Shape, type ShapeOf, zeros } from "@adjoint/tensor";
import { Module } from "../module.ts";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { Parameter } from "../parameter.ts";
import { normalizedAxes, normalizedShapeOf } from "./normalized-shape.ts";

/** Settings of a LayerNorm. */
export interface LayerNormOptions {
  /** ε, added to the variance, at least 0. Default 1e-5. */
  readonly epsilon?: number;
  /** Scale and shift each element by a weight and a bias that are trained. Default true. */
  readonly elementwiseAffine?: boolean;
  /** With a weight, also a bias. Default true. */
  readonly bias?: boolean;
  /** Default float32. */
  readonly dtype?: FloatDType;
}

/**
 * Each example normalised over its last axes: y = γ · (x − mean) / √(variance + ε) + β for x `[…, ...normalizedShape]`,
 * γ and β `[...normalizedShape]`, with the biased variance. The same in training and evaluation.
 *
 * Source: J. L. Ba, J. R. Kiros, G. E. Hinton, Layer normalization, 2016.
 *
 * @example new LayerNorm(2, { epsilon: 0 }).forward(variable([[1, 3], [10, 30]]))   // [[-1, 1], [-1, 1]]
 */
export class LayerNorm extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  /** γ, from 1; null without elementwiseAffine. */
  readonly weight: Parameter | null;
  /** β, from 0; null without it. */
  readonly bias: Parameter | null;
  readonly #shape: Shape;
  readonly #epsilon: number;

  /**
   * @param normalizedShape the size of the last axis, or those of the last axes.
   * @throws {ArgumentError} on a setting that is unknown or outside its range.
   */
  constructor(normalizedShape: number | Shape, options: LayerNormOptions = {}) {
    super();
    checkOptions("LayerNorm", options, ["epsilon", "elementwiseAffine", "bias", "dtype"]);
    const { epsilon = 1e-5, elementwiseAffine = true, bias = true, dtype = "float32" } = options;
    checkAtLeast("LayerNorm", "epsilon", epsilon, 0);
    this.#shape = normalizedShapeOf("LayerNorm", normalizedShape);
    this.#epsilon = epsilon;
    this.weight = elementwiseAffine ? new Parameter<Shape>(ones(this.#shape, { dtype })) : null;
    this.bias = elementwiseAffine && bias ? new Parameter<Shape>(zeros(this.#shape, { dtype })) : null;
  }

  /** @throws {ShapeMismatchError} if the last axes of the input are not normalizedShape. */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const x: Value = input;
    const axes = normalizedAxes("LayerNorm", x, this.#shape);
    const standard = standardized(x, axes, this.#epsilon);
    const scaled: Value = this.weight === null ? standard : mul(standard, this.weight);
    return asVariable(this.bias === null ? scaled : add(scaled, this.bias)) as Variable<ShapeOf<X>>;
  }
}

/** (x − mean) / √(variance + ε) over `axes`, with the biased variance. */
export function standardized(x: Value, axes: Shape, epsilon: number): Value {
  const centered: Value = sub(x, mean(x, axes, { keepDims: true }));
  const variance: Value = mean(square(centered), axes, { keepDims: true });
  return mul(centered, rsqrt(add(variance, epsilon)));
}
