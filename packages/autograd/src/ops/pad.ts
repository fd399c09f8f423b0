import {
  ArgumentError,
  checkHolds,
  checkOptions,
  formatShape,
  type Guard,
  type Pad,
  type Padding,
  pad as padTensor,
  type Resolved,
  type ShapeOf,
  type Tensor,
  tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { checkWhole } from "../check-whole.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { indexSelect } from "./index-select.ts";
import { slice } from "./slice.ts";

/** Settings of `pad`. */
export interface PadOptions {
  /** What is put around x: one value (default), x mirrored at its edge elements, or its edge elements repeated. */
  readonly mode?: "constant" | "reflect" | "edge";
  /** Of mode "constant". Default 0. */
  readonly value?: number;
}

/** How much goes before and after each axis of x, and what. */
export interface PadAttributes {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly value: number;
}

/** The op behind `pad` with one value. */
export const padOp: Op<[Tensor], PadAttributes> = /* @__PURE__ */ defineOp<[Tensor], PadAttributes>({
  name: "pad",
  forward: ([x], { before, after, value }) => padTensor(x, before, after, value),
  vjp: [
    {
      formula: "x̄ = the part of g that x became",
      rule: (g, { attributes: { before, after } }) =>
        slice(
          g,
          ...g.shape.map((size, axis) => ({ start: before[axis] ?? 0, stop: size - (after[axis] ?? 0) })),
        ),
    },
  ],
});

/**
 * x with elements around it: `[…, n]` with `[[b, a]]` → `[…, b + n + a]`. Copies.
 *
 * In the modes "reflect" and "edge" an element of x gets the gradients of all its images.
 *
 * @param padding `[before, after]` for each axis, in order; a shorter list is for the last axes.
 * @throws {ArgumentError} if there are more pairs than axes, an amount is negative or fractional, or too large to be
 * mirrored (from n on), or if there is nothing to repeat; on an unknown option or mode.
 * @throws {DTypeError} if x's dtype cannot hold the value.
 * @example pad(variable([1, 2, 3]), [[2, 1]], { mode: "reflect" })   // [3, 2, 1, 2, 3, 2]
 */
export function pad<X extends Value, const P extends Padding>(
  x: X,
  padding: P & Guard<Pad<ShapeOf<X>, P>>,
  options: PadOptions = {},
): Lift<Resolved<Pad<ShapeOf<X>, P>>, X> {
  checkOptions("pad", options, ["mode", "value"]);
  const { mode = "constant", value = 0 } = options;
  const { before, after } = amounts(x, padding);
  let y: Value = x;
  if (mode === "constant") {
    checkHolds("pad", x.dtype, value);
    y = apply(padOp, [x], { before, after, value });
  } else {
    for (const axis of x.shape.keys()) y = padAxis(y, axis, before[axis] ?? 0, after[axis] ?? 0, mode);
  }
  return y as Lift<Resolved<Pad<ShapeOf<X>, P>>, X>;
}

function amounts(x: Value, padding: Padding): { before: number[]; after: number[] } {
  const lead = x.rank - padding.length;
  if (lead < 0) {
    const what = `${padding.length} pairs for x of ${formatShape(x.shape)}.`;
    throw new ArgumentError("pad", "padding", what, "Give at most one pair [before, after] for each axis.");
  }
  for (const pair of padding) checkWhole("pad", "padding", pair, 0);
  const side = (which: 0 | 1): number[] => x.shape.map((_, axis) => padding[axis - lead]?.[which] ?? 0);
  return { before: side(0), after: side(1) };
}

/** One axis padded with elements of x itself, read at their positions. */
function padAxis(x: Value, axis: number, before: number, after: number, mode: "reflect" | "edge"): Value {
  if (before === 0 && after === 0) return x;
  const size = x.shape[axis] ?? 0;
  const last = size - 1;
  const least = mode === "reflect" ? Math.max(before, after) + 1 : 1;
  if (mode !== "reflect" && mode !== "edge") {
    throw new ArgumentError(
      "pad",
      "mode",
      `mode is ${JSON.stringify(mode)}.`,
      'Give "constant", "reflect" or "edge".',
    );
  }
  if (size < least) {
    const what = `mode is "${mode}", padding is [${before}, ${after}]: x is ${formatShape(x.shape)} (axis ${axis} = ${size}).`;
    throw new ArgumentError(
      "pad",
      "padding",
      what,
      `The axis must have at least ${least} elements; pad less, or with a constant.`,
    );
  }
  const positions = Array.from({ length: before + size + after }, (_, i) => {
    const from = i - before;
    if (mode === "edge") return Math.min(Math.max(from, 0), last);
    return last - Math.abs(last - Math.abs(from));
  });
  return indexSelect(x, tensor(positions, { dtype: "int32" }), axis);
}
