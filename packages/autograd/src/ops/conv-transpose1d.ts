import type { ConvolutionTranspose, Guard, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import {
  addBias,
  type ConvolutionTransposeOptions,
  convolveTransposed,
  inputGradient,
  type TransposedGeometry,
  transposedGeometryOf,
  weightGradient,
} from "../convolution.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { conv1dOp } from "./conv1d.ts";

/** The op behind `convTranspose1d`. */
export const convTranspose1dOp: Op<[Tensor, Tensor], TransposedGeometry> = /* @__PURE__ */ defineOp<
  [Tensor, Tensor],
  TransposedGeometry
>({
  name: "convTranspose1d",
  forward: ([x, weight], geometry) => convolveTransposed(x, weight, geometry),
  vjp: [
    {
      formula: "x̄ = conv1d(g, W)",
      saves: [1],
      rule: (g, saved) => inputGradient(conv1dOp, g, saved.input(1), saved.attributes, saved.inputShape(0)),
    },
    {
      formula: "W̄ = conv1d(gᵀ, xᵀ)ᵀ, ᵀ exchanging images and channels, and stride with dilation",
      saves: [0],
      rule: (g, saved) => weightGradient(conv1dOp, g, saved.input(0), saved.attributes, saved.inputShape(1)),
    },
  ],
});

/** What `convTranspose1d` asks for or gives. */
type Convolved<X, W> = ConvolutionTranspose<ShapeOf<X>, ShapeOf<W>, [number], "convTranspose1d">;

/**
 * The transpose of `conv1d` in x, with the same weight: each x[n, c, p] adds W[c] times itself to the window of the result
 * that the convolution would read at p.
 *
 * @param x `[n, in, length]`.
 * @param weight `[in, out / groups, k]`.
 * @param options bias `[out]`; stride s, padding z, dilation d, outputPadding e; groups.
 * @returns `[n, out, (length − 1)s − 2z + d(k − 1) + 1 + e]`.
 * @throws {ShapeMismatchError} if ranks or channels do not fit, or nothing is left of the result.
 * @throws {DTypeError} if x, weight and bias are not of one floating-point dtype.
 * @throws {ArgumentError} if a setting is out of its range.
 * @example convTranspose1d(variable([[[1, 2]]]), variable([[[1, 10]]]), { stride: 2 })   // [[[1, 10, 2, 20]]]
 */
export function convTranspose1d<X extends Value, W extends Value, B extends Value | null = null>(
  x: X,
  weight: W & Guard<Convolved<X, W>>,
  options: ConvolutionTransposeOptions<B> = {},
): Lift<Resolved<Convolved<X, W>>, X, W, B> {
  const y = apply(
    convTranspose1dOp,
    [x, weight],
    transposedGeometryOf("convTranspose1d", 1, x, weight, options),
  );
  return addBias("convTranspose1d", y, options.bias) as Lift<Resolved<Convolved<X, W>>, X, W, B>;
}
