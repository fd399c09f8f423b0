import type { Convolution, Guard, Resolved, ShapeOf, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import {
  addBias,
  type ConvolutionOptions,
  convolve,
  type Geometry,
  geometryOf,
  weightGradient,
} from "../convolution.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { convTranspose2dOp } from "./conv-transpose2d.ts";

/** The op behind `conv2d`. It saves x and W, not the windows, which are many times larger. */
export const conv2dOp: Op<[Tensor, Tensor], Geometry> = /* @__PURE__ */ defineOp<[Tensor, Tensor], Geometry>({
  name: "conv2d",
  forward: ([x, weight], geometry) => convolve("conv2d", x, weight, geometry),
  vjp: [
    {
      formula: "x̄ = convTranspose2d(g, W)",
      saves: [1],
      rule: (g, saved) => {
        const sizes = saved.inputShape(0).slice(2);
        return apply(convTranspose2dOp, [g, saved.input(1)], { ...saved.attributes, sizes });
      },
    },
    {
      formula: "W̄ = conv2d(xᵀ, gᵀ)ᵀ, ᵀ exchanging images and channels, and stride with dilation",
      saves: [0],
      rule: (g, saved) => weightGradient(conv2dOp, saved.input(0), g, saved.attributes, saved.inputShape(1)),
    },
  ],
});

/** What `conv2d` asks for or gives. */
type Convolved<X, W> = Convolution<ShapeOf<X>, ShapeOf<W>, [number, number], "conv2d">;

/**
 * y[n, o, p, q] = b[o] + Σ_c,i,j x[n, c, p·s + i·d − z, q·s + j·d − z] · W[o, c, i, j], with stride s, dilation d and z zeros of
 * padding: the cross-correlation that networks call convolution.
 *
 * @param x `[n, in, h, w]`.
 * @param weight `[out, in / groups, kh, kw]`.
 * @param options bias `[out]`; stride, padding, dilation: a number, or `[vertical, horizontal]`; groups.
 * @returns `[n, out, ⌊(h + 2z − d(kh − 1) − 1) / s⌋ + 1, …]`.
 * @throws {ShapeMismatchError} if ranks or channels do not fit, or the kernel is larger than the padded image.
 * @throws {DTypeError} if x, weight and bias are not of one floating-point dtype.
 * @throws {ArgumentError} if a setting is out of its range.
 * @example conv2d(variable([[[[1, 2, 3], [4, 5, 6]]]]), variable([[[[1, -1]]]]))   // [[[[-1, -1], [-1, -1]]]]
 */
export function conv2d<X extends Value, W extends Value, B extends Value | null = null>(
  x: X,
  weight: W & Guard<Convolved<X, W>>,
  options: ConvolutionOptions<B> = {},
): Lift<Resolved<Convolved<X, W>>, X, W, B> {
  const y = apply(conv2dOp, [x, weight], geometryOf("conv2d", 2, x, weight, options));
  return addBias("conv2d", y, options.bias) as Lift<Resolved<Convolved<X, W>>, X, W, B>;
}
