import { asVariable, reshape, type Value, type Variable } from "@adjoint/autograd";
import {
  ArgumentError,
  type Flatten as FlattenedShape,
  formatShape,
  type Guard,
  normalizeAxis,
  type Resolved,
  type Shape,
  type ShapeOf,
} from "@adjoint/tensor";
import { Module } from "../module.ts";

/** The rule of the layer: known to the types where it keeps the batch and flattens the rest. */
type Rule<Start extends number, End extends number> = [Start, End] extends [1, -1] ? "flatten" : "unknown";
/** The shape that the layer gives, or a ShapeError. */
type Output<S extends Shape, Start extends number, End extends number> =
  Rule<Start, End> extends "flatten" ? FlattenedShape<S> : Shape;

/**
 * The axes from `startAxis` to `endAxis`, both included, made one: `[n, 28, 28]` → `[n, 784]`. A view where strides
 * allow, else a copy.
 *
 * @example new Flatten().forward(zeros([5, 28, 28])).shape   // [5, 784]
 */
export class Flatten<const Start extends number = 1, const End extends number = -1> extends Module {
  override readonly shapeRule: { readonly kind: Rule<Start, End> };
  readonly startAxis: number;
  readonly endAxis: number;

  /** Default: all axes but the first, the batch. Negative axes count from the end. */
  constructor(startAxis?: Start, endAxis?: End) {
    super();
    this.startAxis = startAxis ?? 1;
    this.endAxis = endAxis ?? -1;
    const kind = this.startAxis === 1 && this.endAxis === -1 ? "flatten" : "unknown";
    this.shapeRule = { kind: kind as Rule<Start, End> };
  }

  /**
   * @throws {AxisError} if the input does not have the axes.
   * @throws {ArgumentError} if startAxis lies behind endAxis.
   */
  override forward<X extends Value>(
    input: X & Guard<Output<ShapeOf<X>, Start, End>>,
  ): Variable<Resolved<Output<ShapeOf<X>, Start, End>>> {
    const x: Value = input;
    const rank = Math.max(x.rank, 1);
    const start = normalizeAxis("Flatten", this.startAxis, rank);
    const end = normalizeAxis("Flatten", this.endAxis, rank);
    if (start > end) {
      const what = `startAxis ${this.startAxis} lies behind endAxis ${this.endAxis}: input is ${formatShape(x.shape)}.`;
      throw new ArgumentError("Flatten", "startAxis", what, "Name the first axis to flatten, then the last.");
    }
    const joined = x.shape.slice(start, end + 1).reduce((product, size) => product * size, 1);
    const flat = reshape(x, [...x.shape.slice(0, start), joined, ...x.shape.slice(end + 1)]);
    return asVariable(flat) as Variable<Resolved<Output<ShapeOf<X>, Start, End>>>;
  }
}
