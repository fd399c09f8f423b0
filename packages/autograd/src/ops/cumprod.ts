/**
 * The gradient of a running product without division, so that zeros are right.
 *
 *     x̄ₖ = Σᵢ≥ₖ gᵢ Π xⱼ over j ≤ i, j ≠ k = yₖ₋₁ · Sₖ,   Sₖ = gₖ + xₖ₊₁·Sₖ₊₁.
 *
 * S is a linear recurrence: applying the maps s ↦ b + a·s two, four, eight … at a time finds it in log₂ n steps, each a few
 * elementwise ops that can be differentiated again.
 *
 * Source: G. E. Blelloch, Prefix sums and their applications, CMU-CS-90-190 (1990), section 1.4.
 */
import {
  full,
  type Guard,
  normalizeAxis,
  type Range,
  type Reduce,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { concat } from "./concat.ts";
import { mul } from "./mul.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";
import { unslice } from "./unslice.ts";

/** The op behind `cumprod`; its attribute is the axis. */
export const cumprodOp: Op<[Tensor], number> = /* @__PURE__ */ defineOp<[Tensor], number>({
  name: "cumprod",
  forward: ([x], axis) => x.cumprod(axis),
  vjp: [
    {
      formula: "x̄ₖ = yₖ₋₁ · Sₖ, where Sₖ = gₖ + xₖ₊₁ · Sₖ₊₁",
      saves: [0, "output"],
      rule: (g, saved) => {
        const axis = saved.attributes;
        const n = g.shape[axis] ?? 0;
        if (n === 0) return g;
        const first = onesLike(g, g.shape.with(axis, 1));
        const before = concat([first, slice(saved.output(), ...along(axis, { stop: n - 1 }))], axis);
        return mul(before, recurrence(shifted(saved.input(0), 1, axis), g, axis));
      },
    },
  ],
});

/**
 * y[…, i, …] = x[…, 0, …] · … · x[…, i, …] along `axis`; floats multiply in float64 and are rounded once.
 *
 * Zeros are right in derivatives of every order: nothing is divided.
 *
 * @param axis negative ones count from the end.
 * @throws {AxisError} if x does not have the axis.
 * @example cumprod(variable([2, 3, 4]), 0)   // [2, 6, 24]
 */
export function cumprod<X extends Value, const A extends number>(
  x: X,
  axis: A & Guard<Reduce<ShapeOf<X>, A, true, "cumprod">>,
): Lift<ShapeOf<X>, X> {
  const at = normalizeAxis("cumprod", axis, Math.max(x.rank, 1));
  if (x.rank > 0) return apply(cumprodOp, [x], at) as Lift<ShapeOf<X>, X>;
  const line: Value = reshape(x as Value, [1]);
  return reshape(apply(cumprodOp, [line], 0), []) as Value as Lift<ShapeOf<X>, X>;
}

/** sₖ = bₖ + aₖ·sₖ₊₁ along `axis`, and 0 behind the last. */
function recurrence(a: Value, b: Value, axis: number): Value {
  const n = b.shape[axis] ?? 0;
  let [factor, sum] = [a, b];
  for (let reach = 1; reach < n; reach *= 2) {
    sum = add(sum, mul(factor, shifted(sum, reach, axis)));
    if (2 * reach < n) factor = mul(factor, shifted(factor, reach, axis));
  }
  return sum;
}

/** y[…, i, …] = x[…, i + steps, …], and 0 where that is outside. */
function shifted(x: Value, steps: number, axis: number): Value {
  const n = x.shape[axis] ?? 0;
  const left = slice(x, ...along(axis, { start: steps }));
  return unslice(left, x.shape, along(axis, { stop: Math.max(n - steps, 0) }));
}

function along(axis: number, range: Range): (Range | null)[] {
  return [...Array.from({ length: axis }, () => null), range];
}

/** Ones of `shape` in x's dtype. A view of one element. */
export function onesLike(x: Value, shape: Shape): Tensor {
  return full([], 1, { dtype: x.dtype }).expand(shape);
}
