import {
  checkOptions,
  DTypeError,
  formatShape,
  type Guard,
  isFloat,
  normalizeAxes,
  type Reduce,
  type Resolved,
  type Shape,
  ShapeMismatchError,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { abs } from "./abs.ts";
import { div } from "./div.ts";
import { mul } from "./mul.ts";
import { pow } from "./pow.ts";
import { sign } from "./sign.ts";
import { type ReduceAttributes, restoreAxes } from "./sum.ts";
import { where } from "./where.ts";

/** Settings of `norm`. */
export interface NormOptions<K extends boolean = boolean> {
  /** Keep reduced axes as size 1. Default false. */
  readonly keepDims?: K;
  /** p: 1, 2 (default), Infinity (the largest |x|), −Infinity (the smallest), 0 (how many are not 0), or any number. */
  readonly ord?: number;
}

/** Which axes are reduced, and p. */
export interface NormAttributes extends ReduceAttributes {
  readonly ord: number;
}

/** The op behind `norm`. */
export const normOp: Op<[Tensor], NormAttributes> = /* @__PURE__ */ defineOp<[Tensor], NormAttributes>({
  name: "norm",
  forward: ([x], { ord, axes, keepDims }) => normOf(x, ord, axes, keepDims),
  vjp: [
    {
      formula: "x̄ = g · sign x · (|x| / y)ᵖ⁻¹, and 0 where y = 0",
      saves: [0, "output"],
      rule: (g, saved) => {
        const [x, { ord, axes }] = [saved.input(0), saved.attributes];
        const [whole, y] = [restoreAxes(g, x.shape, axes), restoreAxes(saved.output(), x.shape, axes)];
        if (ord === 0) return mul(whole, mul(tensorOf(x), 0));
        if (ord === 1) return mul(whole, sign(x));
        if (Math.abs(ord) === Number.POSITIVE_INFINITY)
          return mul(sign(x), shared(whole, tensorOf(x), tensorOf(y), axes));
        if (ord === 2) return mul(x, ratio(whole, y));
        return mul(slope(x, ord), ratio(whole, pow(y, ord - 1)));
      },
    },
  ],
});

/**
 * y = (Σ |x|ᵖ)^(1/p) over `axes`: the Euclidean length by default.
 *
 * Where y = 0 the gradient is 0, as in PyTorch. For p = ±∞ all elements that attain it share the gradient evenly.
 *
 * @param axes one axis, several, or all (default): a matrix then counts as the vector of its elements.
 * @param options ord: p, default 2; keepDims.
 * @throws {AxisError} if an axis is missing or named twice.
 * @throws {DTypeError} if x is not floating-point.
 * @throws {ShapeMismatchError} if p is ±∞ and there is nothing to choose from.
 * @example norm(variable([[3, 4], [5, 12]]), 1)   // [5, 13]
 */
export function norm<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "norm">>,
  options: NormOptions<K> = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "norm">>, X> {
  checkOptions("norm", options, ["keepDims", "ord"]);
  if (!isFloat(x.dtype)) {
    const remedy = 'It takes float32 or float64; use cast("float32").';
    throw new DTypeError("norm", `x is ${x.dtype}.`, remedy, x.dtype);
  }
  const { ord = 2, keepDims = false } = options;
  const attributes = { ord, axes: normalizeAxes("norm", axes, x.rank), keepDims };
  const empty = attributes.axes.find((axis) => x.shape[axis] === 0);
  if (Math.abs(ord) === Number.POSITIVE_INFINITY && empty !== undefined) {
    const what = `x is ${formatShape(x.shape)}: axis ${empty} is empty and has no norm of p = ${ord}.`;
    throw new ShapeMismatchError("norm", what, "Reduce an axis that holds at least one element.", [x.shape]);
  }
  return apply(normOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "norm">>, X>;
}

function normOf(x: Tensor, ord: number, axes: readonly number[], keepDims: boolean): Tensor {
  if (ord === 2) return x.mul(x).sum(axes, { keepDims }).sqrt();
  if (ord === 0) return x.notEqual(0).cast(x.dtype).sum(axes, { keepDims });
  const size: Tensor = x.abs();
  if (ord === 1) return size.sum(axes, { keepDims });
  if (ord === Number.POSITIVE_INFINITY) return size.max(axes, { keepDims });
  if (ord === Number.NEGATIVE_INFINITY) return size.min(axes, { keepDims });
  const powers: Tensor = size.pow(ord).sum(axes, { keepDims });
  return powers.pow(1 / ord);
}

/** g / y, and 0 where y is 0. */
function ratio(g: Value, y: Value): Value {
  const zero = tensorOf(y).equal(0);
  return where(zero, 0, div(g, where(zero, 1, y)));
}

/** sign x · |x|ᵖ⁻¹, and 0 at 0, where for p < 1 it would be infinite. */
function slope(x: Value, ord: number): Value {
  if (ord > 2) return mul(x, pow(abs(x), ord - 2));
  const zero = tensorOf(x).equal(0);
  return mul(sign(x), where(zero, 0, pow(where(zero, 1, abs(x)), ord - 1)));
}

/** g in equal shares to the elements of which |x| is y, or that are NaN. */
function shared(g: Value, x: Tensor, y: Tensor, axes: readonly number[]): Value {
  const ties: Tensor = x.abs().equal(y).or(x.isnan());
  const count: Tensor = ties.sum(axes, { keepDims: true });
  return where(ties, div(g, count), 0);
}
