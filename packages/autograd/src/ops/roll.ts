import {
  ArgumentError,
  concat,
  normalizeAxes,
  normalizeAxis,
  type Shape,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { reshape } from "./reshape.ts";

/** By how much each axis turns, for the axes that do. */
export type Turns = readonly { readonly axis: number; readonly shift: number }[];

/** The op behind `roll`. */
export const rollOp: Op<[Tensor], Turns> = /* @__PURE__ */ defineOp<[Tensor], Turns>({
  name: "roll",
  forward: ([x], turns) => turns.reduce(turned, x),
  vjp: [
    {
      formula: "x̄ = roll(g, −shifts)",
      rule: (g, { attributes: turns }) =>
        apply(
          rollOp,
          [g],
          turns.map(({ axis, shift }) => ({ axis, shift: -shift })),
        ),
    },
  ],
});

/**
 * x with its elements moved on by `shifts` along `axes`; what goes out at the end comes in at the start. Copies.
 *
 * @param shifts whole numbers, one for each axis; negative ones move back.
 * @param axes one axis or several, each once; without, x is rolled as if it had one axis.
 * @throws {ArgumentError} if there is not one shift for each axis, or one is fractional.
 * @throws {AxisError} if an axis is missing or named twice.
 * @example roll(variable([1, 2, 3]), 1)   // [3, 1, 2]
 */
export function roll<X extends Value>(
  x: X,
  shifts: number | Shape,
  axes?: number | Shape,
): Lift<ShapeOf<X>, X> {
  const list = typeof shifts === "number" ? [shifts] : shifts;
  const named = axes === undefined ? [0] : typeof axes === "number" ? [axes] : axes;
  const flat = axes === undefined ? reshape(x as Value, [x.size]) : x;
  if (list.length !== named.length || list.some((shift) => !Number.isSafeInteger(shift))) {
    const what = `shifts is [${list.join(", ")}], axes is ${axes === undefined ? "not given" : `[${named.join(", ")}]`}.`;
    throw new ArgumentError("roll", "shifts", what, "Give one whole number for each axis.");
  }
  normalizeAxes("roll", named, flat.rank);
  const turns = named.map((axis, i) => ({
    axis: normalizeAxis("roll", axis, flat.rank),
    shift: list[i] ?? 0,
  }));
  return reshape(apply(rollOp, [flat], turns), x.shape) as Lift<ShapeOf<X>, X>;
}

function turned(x: Tensor, { axis, shift }: Turns[number]): Tensor {
  const size = x.shape[axis] ?? 0;
  const start = size === 0 ? 0 : ((-shift % size) + size) % size;
  if (start === 0) return x;
  const before = Array.from({ length: axis }, () => null);
  return concat([x.slice(...before, { start }), x.slice(...before, { stop: start })], axis);
}
