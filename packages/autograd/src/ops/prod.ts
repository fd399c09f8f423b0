import {
  type Guard,
  normalizeAxes,
  type Reduce,
  type Resolved,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { asLines, fromLines } from "../lines.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { concat } from "./concat.ts";
import { onesLike } from "./cumprod.ts";
import { mul } from "./mul.ts";
import { slice } from "./slice.ts";
import { type ReduceAttributes, restoreAxes } from "./sum.ts";

/** The op behind `prod`. */
export const prodOp: Op<[Tensor], ReduceAttributes> = /* @__PURE__ */ defineOp<[Tensor], ReduceAttributes>({
  name: "prod",
  forward: ([x], { axes, keepDims }) => x.prod(axes, { keepDims }),
  vjp: [
    {
      formula: "x̄ᵢ = g · Π xⱼ over j ≠ i",
      saves: [0],
      rule: (g, saved) => {
        const shape = saved.inputShape(0);
        const { axes } = saved.attributes;
        const others = productsOfOthers(asLines(saved.input(0), axes));
        return mul(restoreAxes(g, shape, axes), fromLines(others, shape, axes));
      },
    },
  ],
});

/**
 * y = Π x over `axes`.
 *
 * The gradient at xᵢ is the product of the others, found without dividing: at [0, 2, 3] it is [6, 0, 0], with two zeros all 0, and
 * the same holds of derivatives of any order. The product of nothing is 1.
 *
 * @param axes one axis, several, or all (default); negative ones count from the end.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example prod(variable([[1, 2], [3, 4]]), 0)   // [3, 8]
 */
export function prod<
  X extends Value,
  const A extends number | Shape | undefined = undefined,
  const K extends boolean = false,
>(
  x: X,
  axes?: A & Guard<Reduce<ShapeOf<X>, A, K, "prod">>,
  options: { readonly keepDims?: K } = {},
): Lift<Resolved<Reduce<ShapeOf<X>, A, K, "prod">>, X> {
  const attributes = { axes: normalizeAxes("prod", axes, x.rank), keepDims: options.keepDims ?? false };
  return apply(prodOp, [x], attributes) as Lift<Resolved<Reduce<ShapeOf<X>, A, K, "prod">>, X>;
}

/**
 * Π xⱼ over j ≠ i along the last axis, by halves: what an element lacks is its partner in the other half, times what the
 * pair lacks among all pairs. Some 3n multiplications, no division, and differentiable to any order.
 */
function productsOfOthers(x: Value): Value {
  const n = x.shape.at(-1) ?? 1;
  if (n < 2) return onesLike(x, x.shape);
  const half = n >> 1;
  const [left, right, last] = [part(x, 0, half), part(x, half, 2 * half), part(x, 2 * half, n)];
  const pairs = mul(left, right);
  const lacking = productsOfOthers(n % 2 === 0 ? pairs : concat([pairs, last], -1));
  const ofPairs = part(lacking, 0, half);
  return concat(
    [mul(ofPairs, right), mul(ofPairs, left), part(lacking, half, lacking.shape.at(-1) ?? 0)],
    -1,
  );
}

/** x from `start` to `stop` of its last axis. */
function part(x: Value, start: number, stop: number): Value {
  return slice(x, ...Array.from({ length: x.rank - 1 }, () => null), { start, stop });
}
