/** What Conv1d and Conv2d share. */
import type { ConvolutionOptions, Value } from "@adjoint/autograd";
import {
  ArgumentError,
  checkOptions,
  type FloatDType,
  formatShape,
  type PerAxis,
  perAxis,
  type RandomSource,
  type Shape,
  type ShapeError,
  ShapeMismatchError,
  type ShapeText,
  sizeOf,
  zeros,
} from "@adjoint/tensor";
import { kaimingUniform, uniform } from "../init.ts";
import { Parameter } from "../parameter.ts";
import { checkWidths } from "./widths.ts";

/** Settings of Conv1d and Conv2d. A list holds a number for each spatial axis, a number stands for all of them. */
export interface ConvOptions extends Omit<ConvolutionOptions, "bias">, RandomSource {
  /** Add a bias. Default true. */
  readonly bias?: boolean;
  /** Default float32. */
  readonly dtype?: FloatDType;
}

/** `[n, in, …]` → `[n, out, …]`, whose spatial axes depend on the settings, or a ShapeError. */
export type ConvOutput<
  S extends Shape,
  In extends number,
  Out extends number,
  Spatial extends Shape,
  Op extends string,
> = number extends S["length"]
  ? Shape
  : S extends readonly [infer Batch extends number, infer Channels extends number, ...Spatial]
    ? number extends Channels | In
      ? [Batch, Out, ...Spatial]
      : [Channels] extends [In]
        ? [Batch, Out, ...Spatial]
        : ShapeError<`[${Op}] expected ${In} channels: input is ${ShapeText<S>} (axis 1 = ${Channels})`>
    : ShapeError<`[${Op}] expected ${Op extends "Conv1d" ? "[batch, channels, length]" : "[batch, channels, height, width]"}: input is ${ShapeText<S>}`>;

/** The weight and bias of a convolution, and the settings that its op takes. */
export interface ConvParts {
  readonly weight: Parameter;
  readonly bias: Parameter | null;
  readonly settings: Omit<ConvolutionOptions, "bias">;
}

/**
 * The parts of a convolution over `axes` spatial axes, which start as PyTorch's do: uniform in ±1/√fanIn, fanIn = in /
 * groups · Π kernel (kaiming uniform with a = √5).
 *
 * @throws {ArgumentError} on a setting that is unknown or outside its range, or groups that do not divide both widths.
 */
export function convParts(
  op: string,
  axes: number,
  inChannels: number,
  outChannels: number,
  kernelSize: PerAxis,
  options: ConvOptions,
): ConvParts {
  checkOptions(op, options, ["stride", "padding", "dilation", "groups", "bias", "dtype", "generator"]);
  const { groups = 1, bias = true, dtype = "float32", generator } = options;
  checkWidths(op, { inChannels, outChannels, groups });
  if (inChannels % groups !== 0 || outChannels % groups !== 0) {
    const what = `groups is ${groups}, inChannels is ${inChannels}, outChannels is ${outChannels}.`;
    throw new ArgumentError(op, "groups", what, "groups must divide both.");
  }
  const kernel = perAxis(op, "kernelSize", kernelSize, axes, 1);
  const settings = {
    stride: perAxis(op, "stride", options.stride ?? 1, axes, 1),
    padding: perAxis(op, "padding", options.padding ?? 0, axes, 0),
    dilation: perAxis(op, "dilation", options.dilation ?? 1, axes, 1),
    groups,
  };
  const source = generator === undefined ? {} : { generator };
  const shape = [outChannels, inChannels / groups, ...kernel];
  const bound = 1 / Math.sqrt(sizeOf(shape.slice(1)));
  const weight = new Parameter<Shape>(zeros(shape, { dtype }));
  kaimingUniform(weight, { a: Math.sqrt(5), ...source });
  if (!bias) return { weight, bias: null, settings };
  const shift = new Parameter<Shape>(zeros([outChannels], { dtype }));
  return { weight, bias: uniform(shift, { low: -bound, high: bound, ...source }), settings };
}

/** @throws {ShapeMismatchError} unless `input` is a batch of `channels` channels over `axes` spatial axes. */
export function checkChannels(op: string, input: Value, channels: number, axes: number): void {
  const { shape } = input;
  if (shape.length !== axes + 2) {
    const layout = axes === 1 ? "[batch, channels, length]" : "[batch, channels, height, width]";
    const what = `expected ${layout}: input is ${formatShape(shape)}.`;
    throw new ShapeMismatchError(op, what, "unsqueeze(x, 0) makes a batch of one.", [shape]);
  }
  if (shape[1] === channels) return;
  throw new ShapeMismatchError(
    op,
    `expected ${channels} channels: input is ${formatShape(shape)} (axis 1 = ${shape[1]}).`,
    "Channels come after the batch; make the layer for as many as its input has.",
    [shape],
  );
}
