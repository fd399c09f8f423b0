import {
  checkOptions,
  cutWindows,
  type Guard,
  type PerAxis,
  type Pooled,
  pad,
  perAxis,
  type Resolved,
  type Shape,
  type ShapeOf,
  sizeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { checkImages } from "../convolution-checks.ts";
import { defineOp, type Op } from "../op.ts";
import type { PoolGeometry } from "../pooling.ts";
import type { Lift, Value } from "../variable.ts";
import { foldWindows } from "./fold-windows.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";

/** Settings of `unfold`. */
export interface UnfoldOptions {
  /** Elements from one window to the next. Default 1. */
  readonly stride?: PerAxis;
  /** Zeros around the image. Default 0. */
  readonly padding?: PerAxis;
  /** Elements from one element of a window to the next. Default 1. */
  readonly dilation?: PerAxis;
}

/** The op behind `unfold`. */
export const unfoldOp: Op<[Tensor], PoolGeometry> = /* @__PURE__ */ defineOp<[Tensor], PoolGeometry>({
  name: "unfold",
  forward: ([x], { size, stride, padding, dilation }) => {
    const around = [0, 0, ...padding];
    const seen = cutWindows("unfold", pad(x, around, around), size, { stride, dilation });
    const [n = 0, c = 0, p = 0, q = 0] = seen.shape;
    return seen.permute([0, 1, 4, 5, 2, 3] as Shape).reshape([n, c * sizeOf(size), p * q] as Shape);
  },
  vjp: [
    {
      formula: "x̄ = each element the sum of g over the windows that it lies in",
      rule: (g, saved) => {
        const { size, stride, padding, dilation } = saved.attributes;
        const [n = 0, c = 0, ...sizes] = saved.inputShape(0);
        const padded = sizes.map((m, i) => m + 2 * (padding[i] as number));
        const counts = padded.map((m, i) => {
          const span = (dilation[i] as number) * ((size[i] as number) - 1) + 1;
          return Math.floor((m - span) / (stride[i] as number)) + 1;
        });
        const split = permute(reshape(g, [n, c, ...size, ...counts]), [0, 1, 4, 5, 2, 3]);
        const folded = foldWindows(split, padded, { stride, dilation });
        const inside = sizes.map((m, i) => ({
          start: padding[i] as number,
          stop: m + (padding[i] as number),
        }));
        return slice(folded, null, null, ...inside);
      },
    },
  ],
});

/**
 * The windows of an image as columns, as convolution multiplies them (im2col): y[n, (c, i, j), (p, q)] =
 * x[n, c, p·stride + i·dilation − padding, q·stride + j·dilation − padding]. Copies; `windows` is the view.
 *
 * @param x `[n, c, h, w]`.
 * @param size of a window: a number, or `[vertical, horizontal]`.
 * @param options stride (default 1), padding (0), dilation (1).
 * @returns `[n, c · kh · kw, places]`.
 * @throws {ShapeMismatchError} if x has not four axes, or a window does not fit.
 * @throws {DTypeError} if x is not floating-point.
 * @throws {ArgumentError} if a setting is out of its range.
 * @example unfold(variable([[[[1, 2, 3], [4, 5, 6]]]]), 2)   // [[[1, 2], [2, 3], [4, 5], [5, 6]]]
 */
export function unfold<X extends Value>(
  x: X & Guard<Pooled<ShapeOf<X>, [number, number], "unfold">>,
  size: PerAxis,
  options: UnfoldOptions = {},
): Lift<Unfolded<X>, X> {
  checkOptions("unfold", options, ["stride", "padding", "dilation"]);
  checkImages("unfold", 2, x);
  const geometry = {
    size: perAxis("unfold", "size", size, 2, 1),
    stride: perAxis("unfold", "stride", options.stride ?? 1, 2, 1),
    padding: perAxis("unfold", "padding", options.padding ?? 0, 2, 0),
    dilation: perAxis("unfold", "dilation", options.dilation ?? 1, 2, 1),
  };
  return apply(unfoldOp, [x], geometry) as Lift<Unfolded<X>, X>;
}

type Unfolded<X> =
  Resolved<Pooled<ShapeOf<X>, [number, number], "unfold">> extends [infer N extends number, ...Shape]
    ? [N, number, number]
    : Shape;
