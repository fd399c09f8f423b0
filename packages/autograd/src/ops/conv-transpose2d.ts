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
import { conv2dOp } from "./conv2d.ts";

/** The op behind `convTranspose2d`. */
export const convTranspose2dOp: Op<[Tensor, Tensor], TransposedGeometry> = /* @__PURE__ */ defineOp<
  [Tensor, Tensor],
  TransposedGeometry
>({
  name: "convTranspose2d",
  forward: ([x, weight], geometry) => convolveTransposed(x, weight, geometry),
  vjp: [
    {
      formula: "x̄ = conv2d(g, W)",
      saves: [1],
      rule: (g, saved) => inputGradient(conv2dOp, g, saved.input(1), saved.attributes, saved.inputShape(0)),
    },
    {
      formula: "W̄ = conv2d(gᵀ, xᵀ)ᵀ, ᵀ exchanging images and channels, and stride with dilation",
      saves: [0],
      rule: (g, saved) => weightGradient(conv2dOp, g, saved.input(0), saved.attributes, saved.inputShape(1)),
    },
  ],
});

/** What `convTranspose2d` asks for or gives. */
type Convolved<X, W> = ConvolutionTranspose<ShapeOf<X>, ShapeOf<W>, [number, number], "convTranspose2d">;

/**
 * The transpose of `conv2d` in x, with the same weight: each x[n, c, p, q] adds W[c] times itself to the window of the result
 * that the convolution would read at (p, q).
 *
 * @param x `[n, in, h, w]`.
 * @param weight `[in, out / groups, kh, kw]`.
 * @param options bias `[out]`; stride s, padding z, dilation d, outputPadding e: a number, or `[vertical, horizontal]`; groups.
 * @returns `[n, out, (h − 1)s − 2z + d(kh − 1) + 1 + e, …]`.
 * @throws {ShapeMismatchError} if ranks or channels do not fit, or nothing is left of the result.
 * @throws {DTypeError} if x, weight and bias are not of one floating-point dtype.
 * @throws {ArgumentError} if a setting is out of its range.
 * @example convTranspose2d(variable([[[[1, 2]]]]), variable([[[[1, 10]]]]))   // [[[[1, 12, 20]]]]
 */
export function convTranspose2d<X extends Value, W extends Value, B extends Value | null = null>(
  x: X,
  weight: W & Guard<Convolved<X, W>>,
  options: ConvolutionTransposeOptions<B> = {},
): Lift<Resolved<Convolved<X, W>>, X, W, B> {
  const y = apply(
    convTranspose2dOp,
    [x, weight],
    transposedGeometryOf("convTranspose2d", 2, x, weight, options),
  );
  return addBias("convTranspose2d", y, options.bias) as Lift<Resolved<Convolved<X, W>>, X, W, B>;
}
