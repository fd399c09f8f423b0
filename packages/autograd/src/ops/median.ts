import {
  checkOptions,
  formatShape,
  full,
  type Guard,
  isFloat,
  normalizeAxes,
  type Reduce,
  type Resolved,
  reducedShape,
  type Shape,
  ShapeMismatchError,
  type ShapeOf,
  type Tensor,
  where,
} from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { elementAt, shareAmongTies } from "../extremum.ts";
import { asLines } from "../lines.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import type { ReduceAttributes } from "./sum.ts";

/** The op behind `median` over all elements or a list of axes. */
export const medianOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "median",
  forward: ([x], { axes, keepDims }) => {
    const shape = reducedShape(x.shape, axes, keepDims);
    const lines = tensorOf(asLines(x, axes));
    if (lines.shape.at(-1) === 0) return full(shape, Number.NaN, { dtype: x.dtype });
    return lines.gather(middleOf(lines, lines.rank - 1), -1).reshape(shape as Shape);
  },
  vjp: [
    {
      formula: "x̄ᵢ = g / number of elements equal to y where xᵢ is one, else 0",
      saves: [0, "output"],
      rule: shareAmongTies,
    },
  ],
});

/** The op that finds the median along an axis, its attribute: int32, with the axis as size 1. */
export const medianPositionOp: Op<[Tensor], number> = /* @__PURE__ */ defineOp<[Tensor], number>({
  name: "medianPosition",
  forward: ([x], axis) => middleOf(x, axis),
  vjp: { notDifferentiable: "a position is a whole number" },
});

/**
 * The median of x over `axes`: of an even number of elements the lower one of the middle two, as in PyTorch, so that it is always
 * an element of x. A NaN goes through.
 *
 * Over one axis, given as a number, one element gets all of the gradient: of equal ones the one that a stable sort puts in
 * the middle. Over all elements or a list of axes, those equal to the median share it evenly, as in torch.median(x). Of nothing
 * it is NaN.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {ShapeMismatchError} if one axis is given, and it is empty.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example median(variable([[3, 1, 2, 4], [5, 9, 7, 8]]), 1)   // [2, 7]
 */
export function median<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "median">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "median">>, X> {
  type Result = Lift<Resolved<Reduce<ShapeOf<X>, A, K, "median">>, X>;
  checkOptions("median", options, ["keepDims"]);
  const counted = normalizeAxes("median", axes, x.rank);
  const keepDims = options.keepDims ?? false;
  const axis = typeof axes === "number" ? counted[0] : undefined;
  if (axis === undefined) return apply(medianOp, [x], { axes: counted, keepDims }) as Result;
  if (x.shape[axis] === 0) {
    throw new ShapeMismatchError(
      "median",
      `x is ${formatShape(x.shape)}: axis ${axis} is empty and has no median.`,
      "Reduce an axis that holds at least one element.",
      [x.shape],
    );
  }
  return elementAt(x, apply(medianPositionOp, [x as Value], axis), axis, keepDims) as Result;
}

/** Where along `axis`, which stays as size 1, the median lies; the first NaN if there is one. */
function middleOf(x: Tensor, axis: number): Tensor {
  const order: Tensor = x.argsort(axis);
  const size = x.shape[axis] ?? 0;
  const middle = full(x.shape.with(axis, 1), (size - 1) >> 1, { dtype: "int32" });
  if (!isFloat(x.dtype)) return order.gather(middle, axis);
  const nans: Tensor = x.isnan().sum(axis, { keepDims: true });
  const place = where(nans.greater(0), nans.neg().add(size), middle);
  return order.gather(place as Tensor, axis);
}
