import { conv1d, type Value, type Variable } from "@adjoint/autograd";
import type { Guard, PerAxis, Resolved, ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";
import type { Parameter } from "../parameter.ts";
import {
  type ConvOptions,
  type ConvOutput,
  type ConvParts,
  checkChannels,
  convParts,
} from "./convolution.ts";

/** The shape that the layer gives, or a ShapeError. */
type Output<X, In extends number, Out extends number> = ConvOutput<ShapeOf<X>, In, Out, [number], "Conv1d">;

/**
 * Convolution along one axis: y = conv1d(x, W) + b for x `[n, in, length]`, W `[out, in / groups, k]`, b `[out]`.
 *
 * Starts as PyTorch's Conv1d does: W and b uniform in ±1/√fanIn with fanIn = in / groups · k.
 *
 * @example new Conv1d(3, 8, 5).forward(zeros([4, 3, 20])).shape   // [4, 8, 16]
 */
export class Conv1d<In extends number = number, Out extends number = number> extends Module {
  /** `[out, in / groups, k]` */
  readonly weight: Parameter<[Out, number, number]>;
  readonly bias: Parameter<[Out]> | null;
  readonly inChannels: In;
  readonly #settings: ConvParts["settings"];

  /**
   * @param kernelSize k.
   * @throws {ArgumentError} on a setting that is unknown or outside its range, or groups that do not divide both widths.
   */
  constructor(inChannels: In, outChannels: Out, kernelSize: PerAxis, options: ConvOptions = {}) {
    super();
    const { weight, bias, settings } = convParts("Conv1d", 1, inChannels, outChannels, kernelSize, options);
    this.weight = weight as Parameter<[Out, number, number]>;
    this.bias = bias as Parameter<[Out]> | null;
    this.inChannels = inChannels;
    this.#settings = settings;
  }

  /**
   * @returns `[n, out, ⌊(length + 2z − d(k − 1) − 1) / s⌋ + 1]`.
   * @throws {ShapeMismatchError} if the input is no batch of `in` channels, or smaller than the kernel.
   * @throws {DTypeError} if it is not of the weight's dtype.
   */
  override forward<X extends Value>(
    input: X & Guard<Output<X, In, Out>>,
  ): Variable<Resolved<Output<X, In, Out>>> {
    const x: Value = input;
    checkChannels("Conv1d", x, this.inChannels, 1);
    const [weight, bias]: [Variable, Variable | null] = [this.weight, this.bias as Variable | null];
    const y = conv1d(x, weight, { ...this.#settings, bias });
    return y as Variable<Resolved<Output<X, In, Out>>>;
  }
}
