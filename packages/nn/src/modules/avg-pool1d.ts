import { type AvgPoolOptions, asVariable, avgPool1d, type Value, type Variable } from "@adjoint/autograd";
import {
  checkOptions,
  type Guard,
  type PerAxis,
  type Pooled,
  perAxis,
  type Resolved,
  type ShapeOf,
} from "@adjoint/tensor";
import { Module } from "../module.ts";

/** The shape that the layer gives, or a ShapeError. */
type Output<X> = Pooled<ShapeOf<X>, [number], "AvgPool1d">;

/**
 * The mean of each window of each channel; `[n, c, length]` → `[n, c, ⌊(length + 2z − size) / stride⌋ + 1]`; see `avgPool1d`.
 *
 * @example new AvgPool1d(2).forward(variable([[[1, 5, 2, 6]]]))   // [[[3, 4]]]
 */
export class AvgPool1d extends Module {
  readonly size: PerAxis;
  readonly #options: AvgPoolOptions;

  /**
   * @param size of a window.
   * @param options stride (default size), padding (default 0), countIncludePad (default true).
   * @throws {ArgumentError} on a setting that is unknown or outside its range.
   */
  constructor(size: PerAxis, options: AvgPoolOptions = {}) {
    super();
    checkOptions("AvgPool1d", options, ["stride", "padding", "countIncludePad"]);
    perAxis("AvgPool1d", "size", size, 1, 1);
    this.size = size;
    this.#options = { ...options };
  }

  /**
   * @throws {ShapeMismatchError} if the input is not `[n, c, length]`, or a window does not fit.
   * @throws {ArgumentError} if padding is more than half a window.
   */
  override forward<X extends Value>(input: X & Guard<Output<X>>): Variable<Resolved<Output<X>>> {
    const x: Value = input;
    return asVariable(avgPool1d(x, this.size, this.#options)) as Variable<Resolved<Output<X>>>;
  }
}
