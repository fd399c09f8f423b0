import { windows as cut, perAxis, type Shape, type Tensor, type WindowOptions } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { foldWindows } from "./fold-windows.ts";

/** The windows' size along each of the last axes, and how they lie. */
export interface WindowsAttributes {
  readonly size: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/** The op behind `windows`. */
export const windowsOp: Op<[Tensor], WindowsAttributes> = /* @__PURE__ */ defineOp<
  [Tensor],
  WindowsAttributes
>({
  name: "windows",
  forward: ([x], { size, stride, dilation }) => cut(x, size, { stride, dilation }),
  vjp: [
    {
      formula: "x̄ = foldWindows(g): each element the sum over the windows that it lies in",
      rule: (g, saved) => {
        const { size, stride, dilation } = saved.attributes;
        const shape = saved.inputShape(0);
        return foldWindows(g, shape.slice(shape.length - size.length), { stride, dilation });
      },
    },
  ],
});

/**
 * The windows of `size` over x's last axes: y[…, i, …, j, …] = x[…, i·stride + j·dilation, …]. A view, nothing is copied.
 *
 * @param x `[…, n, …]`.
 * @param size how many elements a window has along each of the last axes.
 * @param options stride and dilation, a number or one for each axis; default 1.
 * @returns `[…, o, …, k, …]`: all counts o = ⌊(n − dilation(k − 1) − 1) / stride⌋ + 1 before all sizes k.
 * @throws {ShapeMismatchError} if x has fewer axes, or a window does not fit its axis.
 * @throws {ArgumentError} if a size, stride or dilation is not a whole number of at least 1.
 * @example windows(variable([1, 2, 3, 4]), [2])   // [[1, 2], [2, 3], [3, 4]]
 */
export function windows<X extends Value>(
  x: X,
  size: readonly number[],
  options: WindowOptions = {},
): Lift<Shape, X> {
  const { stride = 1, dilation = 1 } = options;
  const attributes = {
    size,
    stride: perAxis("windows", "stride", stride, size.length, 1),
    dilation: perAxis("windows", "dilation", dilation, size.length, 1),
  };
  return apply(windowsOp, [x], attributes) as Lift<Shape, X>;
}
