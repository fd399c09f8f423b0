import { add, asVariable, mul, reshape, type Value, type Variable } from "@adjoint/autograd";
import {
  ArgumentError,
  checkOptions,
  type FloatDType,
  formatShape,
  ones,
  type Shape,
  ShapeMismatchError,
  type ShapeOf,
  sizeOf,
  zeros,
} from "@adjoint/tensor";
import { Module } from "../module.ts";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { Parameter } from "../parameter.ts";
import { standardized } from "./layer-norm.ts";
import { checkWidths } from "./widths.ts";

/** Settings of a GroupNorm. */
export interface GroupNormOptions {
  /** ε, added to the variance, at least 0. Default 1e-5. */
  readonly epsilon?: number;
  /** Scale and shift each channel by a weight and a bias that are trained. Default true. */
  readonly affine?: boolean;
  /** Default float32. */
  readonly dtype?: FloatDType;
}

/**
 * Each example normalised over groups of its channels and all positions: y = γ · (x − mean) / √(variance + ε) + β for x
 * `[n, c, …]`, γ and β `[c]`, with the biased variance. The same in training and evaluation.
 *
 * Source: Y. Wu, K. He, Group normalization, ECCV 2018.
 *
 * @example new GroupNorm(1, 2, { epsilon: 0 }).forward(variable([[1, 3]]))   // [[-1, 1]]
 */
export class GroupNorm extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  /** γ `[c]`, from 1; null without affine. */
  readonly weight: Parameter<[number]> | null;
  /** β `[c]`, from 0; null without affine. */
  readonly bias: Parameter<[number]> | null;
  readonly numGroups: number;
  readonly numChannels: number;
  readonly #epsilon: number;

  /** @throws {ArgumentError} on a setting that is unknown or outside its range, or groups that do not divide the channels. */
  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    super();
    checkOptions("GroupNorm", options, ["epsilon", "affine", "dtype"]);
    checkWidths("GroupNorm", { numGroups, numChannels });
    if (numChannels % numGroups !== 0) {
      const what = `numGroups is ${numGroups}, numChannels is ${numChannels}.`;
      throw new ArgumentError("GroupNorm", "numGroups", what, "numGroups must divide numChannels.");
    }
    const { epsilon = 1e-5, affine = true, dtype = "float32" } = options;
    checkAtLeast("GroupNorm", "epsilon", epsilon, 0);
    this.weight = affine ? new Parameter<[number]>(ones([numChannels], { dtype })) : null;
    this.bias = affine ? new Parameter<[number]>(zeros([numChannels], { dtype })) : null;
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.#epsilon = epsilon;
  }

  /** @throws {ShapeMismatchError} if the input is not `[n, c, …]` with c the number of channels. */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const x: Value = input;
    const [batch, channels, ...places] = x.shape;
    if (batch === undefined || channels !== this.numChannels) {
      const axis = x.rank > 1 ? ` (axis 1 = ${channels})` : "";
      throw new ShapeMismatchError(
        "GroupNorm",
        `expected [n, c, …] with c = ${this.numChannels}: input is ${formatShape(x.shape)}${axis}.`,
        "Channels come after the batch; make the layer for as many as its input has.",
        [x.shape],
      );
    }
    const width = (channels / this.numGroups) * sizeOf(places);
    const groups: Value = reshape(x, [batch, this.numGroups, width] as Shape);
    const standard: Value = reshape(standardized(groups, [2], this.#epsilon), x.shape);
    const along = (perChannel: Variable): Value =>
      reshape(perChannel, x.shape.map((_, axis) => (axis === 1 ? channels : 1)) as Shape);
    const scaled: Value = this.weight === null ? standard : mul(standard, along(this.weight));
    const y = this.bias === null ? scaled : add(scaled, along(this.bias));
    return asVariable(y) as Variable<ShapeOf<X>>;
  }
}
