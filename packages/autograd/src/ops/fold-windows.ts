import { foldWindows as fold, perAxis, type Shape, type Tensor, type WindowOptions } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { slice } from "./slice.ts";
import { windows } from "./windows.ts";

/** The sizes of the axes that windows are put back on, and how they lie. */
export interface FoldWindowsAttributes {
  readonly sizes: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/** The op behind `foldWindows`. */
export const foldWindowsOp: Op<[Tensor], FoldWindowsAttributes> = /* @__PURE__ */ defineOp<
  [Tensor],
  FoldWindowsAttributes
>({
  name: "foldWindows",
  forward: ([x], { sizes, stride, dilation }) => fold(x, sizes, { stride, dilation }),
  vjp: [
    {
      formula: "x̄ = windows(g), those of them that x has",
      rule: (g, saved) => {
        const { sizes, stride, dilation } = saved.attributes;
        const shape = saved.inputShape(0);
        const lead = shape.length - 2 * sizes.length;
        const cut = windows(g, shape.slice(lead + sizes.length), { stride, dilation });
        const counts = shape.slice(lead, lead + sizes.length).map((stop) => ({ stop }));
        return slice(cut, ...Array.from({ length: lead }, () => null), ...counts);
      },
    },
  ],
});

/**
 * Windows put back where `windows` cuts them, overlaps added up, and zeros where none lies: the transpose of `windows`.
 * Copies.
 *
 * @param x `[…, o, …, k, …]`: all counts before all sizes of windows.
 * @param sizes the sizes n of the result's last axes; larger than the windows reach is allowed.
 * @param options stride and dilation, a number or one for each axis; default 1.
 * @returns `[…, n, …]`.
 * @throws {ShapeMismatchError} if x has not two axes for each of `sizes`, or a window would reach beyond them.
 * @throws {ArgumentError} if a stride or dilation is not a whole number of at least 1.
 * @example foldWindows(variable([[1, 2], [2, 3], [3, 4]]), [4])   // [1, 4, 6, 4]
 */
export function foldWindows<X extends Value>(
  x: X,
  sizes: readonly number[],
  options: WindowOptions = {},
): Lift<Shape, X> {
  const { stride = 1, dilation = 1 } = options;
  const attributes = {
    sizes,
    stride: perAxis("foldWindows", "stride", stride, sizes.length, 1),
    dilation: perAxis("foldWindows", "dilation", dilation, sizes.length, 1),
  };
  return apply(foldWindowsOp, [x], attributes) as Lift<Shape, X>;
}
