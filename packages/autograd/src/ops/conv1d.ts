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
import { convTranspose1dOp } from "./conv-transpose1d.ts";

/** The op behind `conv1d`. It saves x and W, not the windows, which are many times larger. */
export const conv1dOp: Op<[Tensor, Tensor], Geometry> = /* @__PURE__ */ defineOp<[Tensor, Tensor], Geometry>({
  name: "conv1d",
  forward: ([x, weight], geometry) => convolve("conv1d", x, weight, geometry),
  vjp: [
    {
      formula: "x̄ = convTranspose1d(g, W)",
      saves: [1],
      rule: (g, saved) => {
        const sizes = saved.inputShape(0).slice(2);
        return apply(convTranspose1dOp, [g, saved.input(1)], { ...saved.attributes, sizes });
      },
    },
    {
      formula: "W̄ = conv1d(xᵀ, gᵀ)ᵀ, ᵀ exchanging images and channels, and stride with dilation",
      saves: [0],
      rule: (g, saved) => weightGradient(conv1dOp, saved.input(0), g, saved.attributes, saved.inputShape(1)),
    },
  ],
});

/** What `conv1d` asks for or gives. */
type Convolved<X, W> = Convolution<ShapeOf<X>, ShapeOf<W>, [number], "conv1d">;

/**
 * y[n, o, p] = b[o] + Σ_c,i x[n, c, p·s + i·d − z] · W[o, c, i], with stride s, dilation d and z zeros of padding: the
 * cross-correlation that networks call convolution.
 *
 * @param x `[n, in, length]`.
 * @param weight `[out, in / groups, k]`.
 * @param options bias `[out]`; stride, padding, dilation, groups.
 * @returns `[n, out, ⌊(length + 2z − d(k − 1) − 1) / s⌋ + 1]`.
 * @throws {ShapeMismatchError} if ranks or channels do not fit, or the kernel is longer than the padded input.
 * @throws {DTypeError} if x, weight and bias are not of one floating-point dtype.
 * @throws {ArgumentError} if a setting is out of its range.
 * @example conv1d(variable([[[1, 2, 4]]]), variable([[[1, -1]]]), { padding: 1 })   // [[[-1, -1, -2, 4]]]
 */
export function conv1d<X extends Value, W extends Value, B extends Value | null = null>(
  x: X,
  weight: W & Guard<Convolved<X, W>>,
  options: ConvolutionOptions<B> = {},
): Lift<Resolved<Convolved<X, W>>, X, W, B> {
  const y = apply(conv1dOp, [x, weight], geometryOf("conv1d", 1, x, weight, options));
  return addBias("conv1d", y, options.bias) as Lift<Resolved<Convolved<X, W>>, X, W, B>;
}
