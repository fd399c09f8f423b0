import { asVariable, type MaxPoolOptions, maxPool2d, type Value, type Variable } from "@adjoint/autograd";
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
type Output<X> = Pooled<ShapeOf<X>, [number, number], "MaxPool2d">;

/**
 * The maximum of each window of each channel; `[n, c, h, w]` → `[n, c, ⌊(h + 2z − size) / stride⌋ + 1, …]`; see `maxPool2d`.
 *
 * @example new MaxPool2d(2).forward(variable([[[[1, 5, 2, 0], [3, 3, 2, 8]]]]))   // [[[[5, 8]]]]
 */
export class MaxPool2d extends Module {
  readonly size: PerAxis;
  readonly #options: MaxPoolOptions;

  /**
   * @param size of a window: a number, or `[vertical, horizontal]`.
   * @param options stride (default size), padding (default 0), dilation (default 1).
   * @throws {ArgumentError} on a setting that is unknown or outside its range.
   */
  constructor(size: PerAxis, options: MaxPoolOptions = {}) {
    super();
    checkOptions("MaxPool2d", options, ["stride", "padding", "dilation"]);
    perAxis("MaxPool2d", "size", size, 2, 1);
    this.size = size;
    this.#options = { ...options };
  }

  /**
   * @throws {ShapeMismatchError} if the input is not `[n, c, h, w]`, or a window does not fit.
   * @throws {ArgumentError} if padding is more than half a window.
   */
  override forward<X extends Value>(input: X & Guard<Output<X>>): Variable<Resolved<Output<X>>> {
    const x: Value = input;
    return asVariable(maxPool2d(x, this.size, this.#options)) as Variable<Resolved<Output<X>>>;
  }
}
