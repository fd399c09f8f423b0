/** What the pools have in common, for any number of spatial axes: windows, of which one number each is made. */
import {
  ArgumentError,
  arange,
  checkOptions,
  cutWindows,
  formatShape,
  full,
  type PerAxis,
  pad,
  perAxis,
  type Shape,
  sizeOf,
  type Tensor,
  where,
} from "@adjoint/tensor";
import { checkImages } from "./convolution-checks.ts";
import { defineOp, type Op } from "./op.ts";
import { div } from "./ops/div.ts";
import { expand } from "./ops/expand.ts";
import { foldWindows } from "./ops/fold-windows.ts";
import { zerosLike } from "./ops/gather.ts";
import { reshape } from "./ops/reshape.ts";
import { scatterAdd } from "./ops/scatter-add.ts";
import { slice } from "./ops/slice.ts";
import type { Saved } from "./saved.ts";
import type { Value } from "./variable.ts";

/** Where the windows of a pool lie; the lists hold a number for each spatial axis. */
export interface PoolGeometry {
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** The same of an average, which divides by a window's elements with or without those in the padding. */
export interface AverageGeometry extends PoolGeometry {
  readonly countIncludePad: boolean;
}

/** Settings of pools. A list holds a number for each spatial axis, a number stands for all of them. */
export interface PoolOptions {
  /** Elements from one window to the next. Default the window's size: they lie side by side. */
  readonly stride?: PerAxis;
  /** Elements added on both sides, at most half a window; −∞ to a maximum, 0 to an average. Default 0. */
  readonly padding?: PerAxis;
}

/** Settings of `maxPool1d` and `maxPool2d`. */
export interface MaxPoolOptions extends PoolOptions {
  /** Elements from one element of a window to the next. Default 1. */
  readonly dilation?: PerAxis;
}

/** Settings of `avgPool1d` and `avgPool2d`. */
export interface AvgPoolOptions extends PoolOptions {
  /** Count the padding's zeros as elements of a window. Default true, as in PyTorch. */
  readonly countIncludePad?: boolean;
}

/** The geometry that options name, checked with x. `axes` is the number of spatial axes. */
export function poolGeometryOf(
  op: string,
  axes: number,
  x: Value,
  size: PerAxis,
  options: MaxPoolOptions & AvgPoolOptions,
  names: readonly string[],
): AverageGeometry {
  checkOptions(op, options, ["stride", "padding", ...names]);
  checkImages(op, axes, x);
  const sizes = perAxis(op, "size", size, axes, 1);
  const geometry = {
    size: sizes,
    stride: perAxis(op, "stride", options.stride ?? sizes, axes, 1),
    padding: perAxis(op, "padding", options.padding ?? 0, axes, 0),
    dilation: perAxis(op, "dilation", options.dilation ?? 1, axes, 1),
    countIncludePad: options.countIncludePad ?? true,
  };
  const spans = sizes.map((k, i) => (geometry.dilation[i] as number) * (k - 1) + 1);
  if (geometry.padding.some((zeros, i) => 2 * zeros > (spans[i] as number))) {
    throw new ArgumentError(
      op,
      "padding",
      `padding is ${formatShape(geometry.padding)}, windows span ${formatShape(spans)} elements.`,
      "Take at most half a window; one that lies in the padding alone has no value.",
    );
  }
  return geometry;
}

/**
 * The windows of x with `fill` around it, each along the first axis: `[n, c, …]` → `[k, n, c, …places]`. That axis comes
 * first because both the copy and the reduction then run along places, which are many more than elements of a window.
 */
function windowed(op: string, x: Tensor, geometry: PoolGeometry, fill: number): Tensor {
  const { size, stride, padding, dilation } = geometry;
  const lead = new Array<number>(x.rank - size.length).fill(0);
  const around = [...lead, ...padding];
  const padded: Tensor = padding.some((n) => n > 0) ? pad(x, around, around, fill) : x;
  const seen = cutWindows(op, padded, size, { stride, dilation });
  const kernelAxes = size.map((_, i) => x.rank + i);
  const order = [...kernelAxes, ...x.shape.map((_, axis) => axis)];
  return seen.permute(order as Shape).reshape([sizeOf(size), ...seen.shape.slice(0, x.rank)] as Shape);
}

/**
 * Where in the flattened spatial axes of x the first maximum of each window lies (a NaN counts as the largest):
 * `[n, c, …]` → int32 `[n, c, …places]`.
 */
function maximumPositions(op: string, x: Tensor, geometry: PoolGeometry): Tensor {
  const spatial = x.shape.slice(2);
  const seen = windowed(op, x, geometry, Number.NEGATIVE_INFINITY);
  const found: Tensor = seen.argmax(0 as number, { keepDims: true });
  // Where each element of a window lies in x: −1 in the padding.
  const flat: Tensor = arange(0, sizeOf(spatial), 1, { dtype: "int32" }).reshape(spatial as Shape);
  const positions = windowed(op, flat, geometry, -1);
  const [k = 0, ...places] = positions.shape;
  const everywhere: Tensor = positions.reshape([k, 1, 1, ...places] as Shape).expand(seen.shape);
  const chosen: Tensor = everywhere.gather(found, 0).squeeze(0 as number);
  if (geometry.padding.every((n) => n === 0)) return chosen;
  // Only in a window of nothing but −∞ is the padding the first maximum; its first element is one too.
  const inside: Tensor = positions.greaterEqual(0).argmax(0 as number, { keepDims: true });
  return where(chosen.less(0), positions.gather(inside, 0).squeeze(0 as number), chosen) as Tensor;
}

/**
 * The op behind `maximumPositions`; `pool` is whose windows they are. An op of its own, so that a trace that is run again on
 * other numbers finds the maxima anew.
 */
export const maximumPositionsOp: Op<[Tensor], PoolGeometry & { readonly pool: string }> =
  /* @__PURE__ */ defineOp<[Tensor], PoolGeometry & { readonly pool: string }>({
    name: "maximumPositions",
    forward: ([x], { pool, ...geometry }) => maximumPositions(pool, x, geometry),
    vjp: { notDifferentiable: "a position is a whole number" },
  });

/** The elements of x at `positions` in its flattened spatial axes. */
export function pickPositions(x: Tensor, positions: Tensor): Tensor {
  const [n = 0, c = 0, ...spatial] = x.shape;
  const flat: Tensor = x.reshape([n, c, sizeOf(spatial)] as Shape);
  const count = sizeOf(positions.shape.slice(2));
  return flat.gather(positions.reshape([n, c, count] as Shape), 2).reshape(positions.shape as Shape);
}

/** The VJP of `pickPositions`: g added at the positions, in zeros. */
export function putPositions(g: Value, saved: Saved<undefined>): Value {
  const shape = saved.inputShape(0);
  const [n = 0, c = 0, ...spatial] = shape;
  const count = sizeOf(g.shape.slice(2));
  const zeros = zerosLike(g, [n, c, sizeOf(spatial)]);
  const positions = reshape(saved.input(1), [n, c, count]);
  return reshape(scatterAdd(zeros, positions, reshape(g, [n, c, count]), 2), shape);
}

/** The mean of each window. */
export function averagePool(op: string, x: Tensor, geometry: AverageGeometry): Tensor {
  const total: Tensor = windowed(op, x, geometry, 0).sum(0 as number);
  return total.div(countOf(op, x.shape, x, geometry));
}

/** The VJP of `averagePool`: an equal share of g for each element of a window. */
export function averagePoolVjp(op: string, g: Value, saved: Saved<AverageGeometry>): Value {
  const geometry = saved.attributes;
  const { size, stride, padding, dilation } = geometry;
  const shape = saved.inputShape(0);
  const share = div(g, countOf(op, shape, g, geometry));
  const ones = size.map(() => 1);
  const spread = expand(reshape(share, [...g.shape, ...ones]), [...g.shape, ...size]);
  const padded = shape.slice(2).map((n, i) => n + 2 * (padding[i] as number));
  const folded = foldWindows(spread, padded, { stride, dilation });
  const inside = shape
    .slice(2)
    .map((n, i) => ({ start: padding[i] as number, stop: n + (padding[i] as number) }));
  return slice(folded, null, null, ...inside);
}

/** What a window's sum is divided by: one number, or where padding does not count one for each place. */
function countOf(op: string, shape: Shape, like: Value, geometry: AverageGeometry): Tensor {
  const { size, padding, countIncludePad } = geometry;
  const { dtype } = like;
  if (countIncludePad || padding.every((n) => n === 0)) return full([], sizeOf(size), { dtype });
  return windowed(op, full(shape.slice(2), 1, { dtype }), geometry, 0).sum(0 as number);
}
