/**
 * What the convolutions have in common, for any number of spatial axes.
 *
 * With n the image, o and c the channels, p the place in the output and k that in the kernel, a convolution is
 *
 *     y[n, o, p] = Σ_c,k x[n, c, p·stride + k·dilation − padding] · W[o, c, k],
 *
 * a matrix product of W with the windows of x. It is linear in each of x and W. Its transpose in x scatters where it
 * gathered: a transposed convolution. Its transpose in W sums over n and p instead of c and k, and is a convolution whose
 * images are the channels, whose channels are the images, and whose stride and dilation have changed places. So the
 * gradients of both are made of both, to any order.
 *
 * Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285.
 */
import {
  checkOptions,
  cutWindows,
  foldWindows,
  type PerAxis,
  pad,
  perAxis,
  type Shape,
  sameShape,
  sizeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "./apply.ts";
import { checkBias, checkOperands, checkOutputPadding, checkSizes } from "./convolution-checks.ts";
import type { Op } from "./op.ts";
import { add } from "./ops/add.ts";
import { permute } from "./ops/permute.ts";
import { reshape } from "./ops/reshape.ts";
import { slice } from "./ops/slice.ts";
import type { Value } from "./variable.ts";

/** How a kernel moves over its input; the lists hold a number for each spatial axis. */
export interface Geometry {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** The same with the spatial sizes of the result, which for a transposed convolution do not follow from it. */
export interface TransposedGeometry extends Geometry {
  readonly sizes: Shape;
}

/** Settings of `conv1d` and `conv2d`. A list holds a number for each spatial axis, a number stands for all of them. */
export interface ConvolutionOptions<B extends Value | null = Value | null> {
  /** Added to every place of an output channel: `[out]`. Default none. */
  readonly bias?: B;
  /** Elements from one place of the kernel to the next. Default 1. */
  readonly stride?: PerAxis;
  /** Zeros around the input, on both sides. Default 0. */
  readonly padding?: PerAxis;
  /** Elements of the input from one element of the kernel to the next. Default 1. */
  readonly dilation?: PerAxis;
  /** Into so many groups the channels fall, each of which has kernels of its own. Default 1. */
  readonly groups?: number;
}

/** Settings of `convTranspose1d` and `convTranspose2d`. */
export interface ConvolutionTransposeOptions<B extends Value | null = Value | null>
  extends ConvolutionOptions<B> {
  /** Elements added to the end of each axis of the result, fewer than stride or dilation. Default 0. */
  readonly outputPadding?: PerAxis;
}

const optionNames = ["bias", "stride", "padding", "dilation", "groups"];

/** The geometry that options name, checked with the operands. `axes` is the number of spatial axes. */
export function geometryOf(
  op: string,
  axes: number,
  x: Value,
  weight: Value,
  options: ConvolutionOptions,
): Geometry {
  checkOptions(op, options, optionNames);
  const geometry = resolved(op, axes, options);
  checkOperands(op, axes, x, weight, geometry.groups, 1);
  return geometry;
}

function resolved(op: string, axes: number, options: ConvolutionOptions): Geometry {
  return {
    stride: perAxis(op, "stride", options.stride ?? 1, axes, 1),
    padding: perAxis(op, "padding", options.padding ?? 0, axes, 0),
    dilation: perAxis(op, "dilation", options.dilation ?? 1, axes, 1),
    groups: options.groups ?? 1,
  };
}

/** The geometry of a transposed convolution, checked with the operands. */
export function transposedGeometryOf(
  op: string,
  axes: number,
  x: Value,
  weight: Value,
  options: ConvolutionTransposeOptions,
): TransposedGeometry {
  checkOptions(op, options, [...optionNames, "outputPadding"]);
  const geometry = resolved(op, axes, options);
  checkOperands(op, axes, x, weight, geometry.groups, 0);
  const more = perAxis(op, "outputPadding", options.outputPadding ?? 0, axes, 0);
  checkOutputPadding(op, more, geometry);
  const sizes = x.shape.slice(2).map((n, i) => {
    const span = (geometry.dilation[i] as number) * ((weight.shape[i + 2] as number) - 1) + 1;
    const whole = (n - 1) * (geometry.stride[i] as number) + span;
    return whole - 2 * (geometry.padding[i] as number) + (more[i] as number);
  });
  checkSizes(op, x, weight, sizes);
  return { ...geometry, sizes };
}

/** The forward pass: `[n, in, …]`, `[out, in/groups, …]` → `[n, out, …]`. */
export function convolve(op: string, x: Tensor, weight: Tensor, geometry: Geometry): Tensor {
  const { stride, padding, dilation, groups } = geometry;
  const around = [0, 0, ...padding];
  const padded: Tensor = padding.some((zeros) => zeros > 0) ? pad(x, around, around) : x;
  const [images = 0, channels = 0] = x.shape;
  const [features = 0, depth = 0, ...kernel] = weight.shape;
  const seen = cutWindows(op, padded, kernel, { stride, dilation });
  const places = seen.shape.slice(2, 2 + kernel.length);
  const [inputs, outputs] = [channels / groups, features / groups];
  const grouped: Tensor = seen.reshape([images, groups, inputs, ...seen.shape.slice(2)] as Shape);
  const rows: Tensor = weight.reshape([groups, outputs, depth * sizeOf(kernel)] as Shape);
  const product: Tensor = rows.matmul(columnsOf(grouped, places, kernel));
  return product.reshape([images, features, ...places] as Shape);
}

/**
 * Windows `[n, groups, c, …places, …kernel]` as matrices `[n, groups, c·kernel, places]`: the one copy of a convolution.
 * It is made in the order that leaves the longer of places and kernel innermost.
 */
function columnsOf(seen: Tensor, places: readonly number[], kernel: readonly number[]): Tensor {
  const axes = places.length;
  const [images = 0, groups = 0, inputs = 0] = seen.shape;
  const [width, height] = [sizeOf(places), inputs * sizeOf(kernel)];
  const placeAxes = places.map((_, i) => 3 + i);
  const kernelAxes = kernel.map((_, i) => 3 + axes + i);
  if (sizeOf(kernel) <= width) {
    return seen
      .permute([0, 1, 2, ...kernelAxes, ...placeAxes] as Shape)
      .reshape([images, groups, height, width] as Shape);
  }
  const lines: Tensor = seen
    .permute([0, 1, ...placeAxes, 2, ...kernelAxes] as Shape)
    .reshape([images, groups, width, height] as Shape);
  return lines.transpose();
}

/** The forward pass of the transpose: `[n, in, …]`, `[in, out/groups, …]` → `[n, out, …sizes]`. */
export function convolveTransposed(x: Tensor, weight: Tensor, geometry: TransposedGeometry): Tensor {
  const { stride, padding, dilation, groups, sizes } = geometry;
  const [images = 0, channels = 0, ...places] = x.shape;
  const [, outputs = 0, ...kernel] = weight.shape;
  const inputs = channels / groups;
  const rows: Tensor = weight
    .reshape([groups, inputs, outputs * sizeOf(kernel)] as Shape)
    .transpose() as Tensor;
  const columns: Tensor = rows.matmul(x.reshape([images, groups, inputs, sizeOf(places)] as Shape));
  const spread: Tensor = columns.reshape([images, groups * outputs, ...kernel, ...places] as Shape);
  const axes = places.length;
  const order = [0, 1, ...places.map((_, i) => 2 + axes + i), ...kernel.map((_, i) => 2 + i)];
  const padded = sizes.map((size, i) => size + 2 * (padding[i] as number));
  const folded = foldWindows(spread.permute(order as Shape), padded, { stride, dilation });
  if (padding.every((zeros) => zeros === 0)) return folded;
  const inside = sizes.map((size, i) => {
    const start = padding[i] as number;
    return { start, stop: start + size };
  });
  return folded.slice(null, null, ...inside);
}

/**
 * x̄ of a transposed convolution: the convolution `op` of its cotangent g, cut to x's `shape`. An outputPadding of a
 * stride or more, as a dilation allows it, makes room for places that x has not.
 */
export function inputGradient(
  op: Op<[Tensor, Tensor], Geometry>,
  g: Value,
  weight: Value,
  geometry: Geometry,
  shape: Shape,
): Value {
  const product = apply(op, [g, weight], geometry);
  if (sameShape(product.shape, shape)) return product;
  return slice(product, null, null, ...shape.slice(2).map((stop) => ({ stop })));
}

/**
 * W̄ of the convolution `op` of x, whose cotangent is g: `[n, in, …]`, `[n, out, …]` → `shape`, which is
 * `[out, in/groups, …]`. A convolution of x by g with images and channels exchanged, and stride with dilation.
 */
export function weightGradient(
  op: Op<[Tensor, Tensor], Geometry>,
  x: Value,
  g: Value,
  { stride, padding, dilation, groups }: Geometry,
  shape: Shape,
): Value {
  const [features = 0, inputs = 0, ...kernel] = shape;
  const images = x.shape[0] ?? 0;
  const spatial = kernel.map((_, i) => i);
  const input = exchanged(x, [images, groups, inputs], [2, 1, 0], [inputs, groups * images]);
  const filter = exchanged(g, [images, features], [1, 0], [features, images]);
  const product = apply(op, [input, filter], { stride: dilation, padding, dilation: stride, groups });
  // Where a stride left elements unread, the product has gradients of kernel elements that do not exist.
  const cut = slice(product, null, null, ...kernel.map((stop) => ({ stop })));
  return permute(cut, [1, 0, ...spatial.map((i) => i + 2)]);
}

/** The leading axes of x seen as `split`, put in `order`, and seen as `joined`; the spatial axes stay. */
function exchanged(x: Value, split: Shape, order: Shape, joined: Shape): Value {
  const spatial = x.shape.slice(2);
  const taken = reshape(x, [...split, ...spatial]);
  const turned = permute(taken, [...order, ...spatial.map((_, i) => split.length + i)]);
  return reshape(turned, [...joined, ...spatial]);
}

/** y with the bias of its channel added to each place. */
export function addBias(op: string, y: Value, bias: Value | null | undefined): Value {
  if (bias === null || bias === undefined) return y;
  checkBias(op, bias, y);
  return add(y, reshape(bias, [bias.size, ...y.shape.slice(2).map(() => 1)]));
}
