import { asVariable, type MaxPoolOptions, maxPool1d, type Value, type Variable } from "@adjoint/autograd";
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
type Output<X> = Pooled<ShapeOf<X>, [number], "MaxPool1d">;

/**
 * The maximum of each window of each channel; `[n, c, length]` → `[n, c, ⌊(length + 2z − size) / stride⌋ + 1]`; see `maxPool1d`.
 *
 * @example new MaxPool1d(2).forward(variable([[[1, 5, 2, 6]]]))   // [[[5, 6]]]
 */
export class MaxPool1d extends Module {
  readonly size: PerAxis;
  readonly #options: MaxPoolOptions;

  /**
   * @param size of a window.
   * @param options stride (default size), padding (default 0), dilation (default 1).
   * @throws {ArgumentError} on a setting that is unknown or outside its range.
   */
  constructor(size: PerAxis, options: MaxPoolOptions = {}) {
    super();
    checkOptions("MaxPool1d", options, ["stride", "padding", "dilation"]);
    perAxis("MaxPool1d", "size", size, 1, 1);
    this.size = size;
    this.#options = { ...options };
  }

  /**
   * @throws {ShapeMismatchError} if the input is not `[n, c, length]`, or a window does not fit.
   * @throws {ArgumentError} if padding is more than half a window.
   */
  override forward<X extends Value>(input: X & Guard<Output<X>>): Variable<Resolved<Output<X>>> {
    const x: Value = input;
    return asVariable(maxPool1d(x, this.size, this.#options)) as Variable<Resolved<Output<X>>>;
  }
}
