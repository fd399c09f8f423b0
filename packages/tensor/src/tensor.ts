/**
 * Tensor: an n-d array of numbers.
 *
 * A tensor is a value. Operations return new tensors or views; only `assign` (and the optimizers
 * through it) writes in place, and each write bumps the storage's version. The methods check, promote and
 * broadcast in the files beside this one, and compute through the current Backend.
 */
import { type AssignMode, currentBackend } from "./backend.ts";
import { type ArrayOf, type DType, isFloat, type Promote, type ToFloat } from "./dtype.ts";
import * as elementwise from "./elementwise.ts";
import { ArgumentError, checkOptions, DTypeError, ShapeMismatchError } from "./errors.ts";
import { formatTensor } from "./format.ts";
import * as indexing from "./indexing.ts";
import { Inspectable } from "./inspectable.ts";
import * as movement from "./movement.ts";
import * as ordering from "./ordering.ts";
import { matmul } from "./product.ts";
import * as reduction from "./reduction.ts";
import { formatShape, isContiguous, sizeOf } from "./shape.ts";
import type {
  ElementwiseCheck,
  ElementwiseShape,
  Expand,
  Guard,
  MatMul,
  Permute,
  Reduce,
  Reshape,
  Resolved,
  Shape,
  ShapeOf,
  Squeeze,
  Transpose,
  Unsqueeze,
} from "./shape-types.ts";
import type { Storage } from "./storage.ts";

/** What the second operand of an elementwise method may be. A number takes the tensor's dtype. */
export type Operand = Tensor | number;

/** The dtype of an operand beside a tensor of dtype D: a number takes D. */
type OperandDType<T, D extends DType> = T extends { readonly dtype: infer E extends DType } ? E : D;
/** Result of elementwise arithmetic. */
type Arithmetic<A extends Shape, D extends DType, T, Op extends string> = Tensor<
  ElementwiseShape<A, T, Op>,
  Promote<D, OperandDType<T, D>>
>;
/** Result of true division and its like. */
type Real<A extends Shape, D extends DType, T, Op extends string> = Tensor<
  ElementwiseShape<A, T, Op>,
  ToFloat<Promote<D, OperandDType<T, D>>>
>;
/** Result of a comparison. */
type Truth<A extends Shape, T, Op extends string> = Tensor<ElementwiseShape<A, T, Op>, "bool">;
/** The dtype of a sum or product. */
type Accumulated<D extends DType> = D extends "float32" | "float64" ? D : "int32";
/** The axes argument of a reduction. */
type AxesArgument = number | Shape | undefined;

/** Settings of a reduction. */
export interface KeepDims<K extends boolean = boolean> {
  /** Keep reduced axes as size 1. Default false. */
  readonly keepDims?: K;
}

/** Settings of `assign`. */
export interface AssignOptions {
  /** `copy` (default) overwrites, `add` adds to what is there, `sub` subtracts from it, `mul` multiplies it. */
  readonly mode?: AssignMode;
  /** A 0-d tensor that `add` and `sub` multiply the source by: `w ← w ± scale·source` in one pass. Floats only. */
  readonly scale?: Tensor;
  /** A 0-d tensor that `add` and `sub` multiply the target by: `w ← decay·w ± source`. Floats only. */
  readonly decay?: Tensor;
  /** Who writes, named in the message of a backward pass that misses the old numbers. */
  readonly writer?: string;
}

/** An n-d array of one dtype, known to the compiler by its shape and dtype where the program says them. */
export class Tensor<S extends Shape = Shape, D extends DType = DType> extends Inspectable {
  /** Axis lengths, outermost first. */
  readonly shape: S;
  readonly dtype: D;
  /** The memory that this tensor looks into; views share it. */
  readonly storage: Storage<D>;
  /** Elements to step over for one step along each axis; 0 along an expanded axis, negative along a flipped one. */
  readonly strides: readonly number[];
  /** Where the first element lies in the storage. */
  readonly offset: number;

  /** Makes a view; programs use `tensor`, `zeros` and their like. */
  constructor(storage: Storage<D>, shape: S, strides: readonly number[], offset: number) {
    super();
    this.shape = shape;
    this.dtype = storage.dtype;
    this.storage = storage;
    this.strides = strides;
    this.offset = offset;
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** True if the elements lie side by side in row-major order. */
  get contiguous(): boolean {
    return isContiguous(this.shape, this.strides);
  }

  // Reading and writing ---------------------------------------------------------------------------------------

  /** The elements in row-major order, in a new typed array. */
  toTypedArray(): ArrayOf[D] {
    return currentBackend().read(this) as ArrayOf[D];
  }

  /** The elements as nested arrays of numbers (booleans for bool); a 0-d tensor gives its one value. */
  toArray(): NestedValues {
    const flat = this.toTypedArray();
    let next = 0;
    const nest = (axis: number): NestedValues => {
      if (axis === this.shape.length) {
        const value = flat[next++] ?? Number.NaN;
        return this.dtype === "bool" ? value !== 0 : value;
      }
      return Array.from({ length: this.shape[axis] ?? 0 }, () => nest(axis + 1));
    };
    return nest(0);
  }

  /**
   * The one element as a number (bool: 0 or 1).
   *
   * @throws {ShapeMismatchError} if there is not exactly one element.
   */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeMismatchError(
        "item",
        `x is ${formatShape(this.shape)} and has ${this.size} elements.`,
        "Only a tensor of one element is a number; use toArray() or reduce it first.",
        [this.shape],
      );
    }
    return this.toTypedArray()[0] ?? Number.NaN;
  }

  /**
   * Writes `source` into this tensor's storage, broadcast to its shape and cast to its dtype, and bumps the version.
   * All views of the storage see it.
   *
   * @throws {ShapeMismatchError} if source does not broadcast to this shape.
   * @throws {ArgumentError} if this tensor is an expanded view, whose elements share memory.
   * @throws {DTypeError} if this tensor is bool and the mode is not `copy`.
   */
  assign(source: Operand, options: AssignOptions = {}): this {
    checkOptions("assign", options, ["mode", "scale", "decay", "writer"]);
    const mode = options.mode ?? "copy";
    if (mode !== "copy" && this.dtype === "bool") {
      throw new DTypeError(
        "assign",
        `mode is ${mode} and the target is bool.`,
        "A bool can only be overwritten.",
        "bool",
      );
    }
    const from =
      typeof source === "number"
        ? elementwise.scalar(source, this.dtype)
        : movement.castTo(source, this.dtype);
    const shares = this.strides.some((stride, axis) => stride === 0 && (this.shape[axis] as number) > 1);
    // Without elements nothing shares memory: a tensor [3, 0] has the stride 0 of a contiguous one.
    if (shares && this.size > 0) {
      const remedy = "Write to a tensor of its own: copy() gives one.";
      throw new ArgumentError(
        "assign",
        "target",
        "the target is an expanded view, whose elements share memory.",
        remedy,
      );
    }
    const view = spread(from, this);
    const overlaps = view.storage === this.storage && !sameView(view, this);
    const scale = factorFor(this, mode, "scale", options.scale);
    const decay = factorFor(this, mode, "decay", options.decay);
    currentBackend().assign(this, overlaps ? movement.copy(view) : view, mode, scale, decay);
    this.storage.version++;
    this.storage.writer = options.writer ?? "assign";
    return this;
  }

  /** A contiguous copy with a storage of its own. */
  copy(): Tensor<S, D> {
    return movement.copy(this) as Tensor<S, D>;
  }

  /** This tensor if its elements lie side by side, else a contiguous copy. */
  toContiguous(): Tensor<S, D> {
    return this.contiguous ? this : this.copy();
  }

  /** The same numbers in `dtype` (this tensor if it has it). Floats are truncated towards zero for integers. */
  cast<E extends DType>(dtype: E): Tensor<S, E> {
    return movement.castTo(this, dtype) as Tensor<S, E>;
  }

  /** As NumPy prints it; large tensors are summarised. */
  override toString(): string {
    return formatTensor(this);
  }

  // Movement: views, no copy ----------------------------------------------------------------------------------

  /** The elements in row-major order in a new shape; one axis may be −1. A view where strides allow, else a copy. */
  reshape<A extends Shape, E extends DType, const T extends Shape>(
    this: Tensor<A, E>,
    shape: T & Guard<Reshape<A, T>>,
  ): Tensor<Resolved<Reshape<A, T>>, E> {
    return movement.reshape(this, shape) as Tensor<Resolved<Reshape<A, T>>, E>;
  }

  /** Axes in a new order: axis i of the view is axis `axes[i]` of this. */
  permute<A extends Shape, E extends DType, const P extends Shape>(
    this: Tensor<A, E>,
    axes: P & Guard<Permute<A, P>>,
  ): Tensor<Resolved<Permute<A, P>>, E> {
    return movement.permute(this, axes) as Tensor<Resolved<Permute<A, P>>, E>;
  }

  /** Two axes swapped; without arguments the last two. */
  transpose<A extends Shape, E extends DType, const I extends number = -2, const J extends number = -1>(
    this: Tensor<A, E> & Guard<Transpose<A, I, J>>,
    first?: I,
    second?: J,
  ): Tensor<Resolved<Transpose<A, I, J>>, E> {
    return movement.transpose(this, first ?? -2, second ?? -1) as Tensor<Resolved<Transpose<A, I, J>>, E>;
  }

  /** Axes of size 1 stretched to `shape`, new axes in front; −1 keeps an axis. A view with stride 0. */
  expand<A extends Shape, E extends DType, const T extends Shape>(
    this: Tensor<A, E>,
    shape: T & Guard<Expand<A, T>>,
  ): Tensor<Resolved<Expand<A, T>>, E> {
    return movement.expand(this, shape) as Tensor<Resolved<Expand<A, T>>, E>;
  }

  /** Without axes of size 1: all of them, or the given one where its size is 1. */
  squeeze<A extends Shape, E extends DType, const I extends number | undefined = undefined>(
    this: Tensor<A, E>,
    axis?: I & Guard<Squeeze<A, I>>,
  ): Tensor<Resolved<Squeeze<A, I>>, E> {
    return movement.squeeze(this, axis) as Tensor<Resolved<Squeeze<A, I>>, E>;
  }

  /** With a new axis of size 1 at `axis` of the result. */
  unsqueeze<A extends Shape, E extends DType, const I extends number>(
    this: Tensor<A, E>,
    axis: I & Guard<Unsqueeze<A, I>>,
  ): Tensor<Resolved<Unsqueeze<A, I>>, E> {
    return movement.unsqueeze(this, axis) as Tensor<Resolved<Unsqueeze<A, I>>, E>;
  }

  /**
   * A view of part of each axis, by Python's rules: `x.slice(2, { start: 1, stop: -1, step: 2 }, null)`.
   * A number picks one index and drops the axis, null or a missing range keeps the axis whole.
   *
   * @throws {IndexError} if an index is outside its axis; ranges are cut to the axis instead.
   */
  slice(...ranges: (movement.Range | number | null)[]): Tensor<Shape, D> {
    return movement.slice(this, ranges) as Tensor<Shape, D>;
  }

  /** A view with the order along `axes` (all by default) turned round. */
  flip(axes?: number | Shape): Tensor<S, D> {
    return movement.flip(this, axes) as Tensor<S, D>;
  }

  // Elementwise arithmetic ------------------------------------------------------------------------------------

  /** a + b */
  add<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "add">,
  ): Arithmetic<A, E, T, "add"> {
    return elementwise.arithmetic("add", this, other) as Arithmetic<A, E, T, "add">;
  }

  /** a − b */
  sub<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "sub">,
  ): Arithmetic<A, E, T, "sub"> {
    return elementwise.arithmetic("sub", this, other) as Arithmetic<A, E, T, "sub">;
  }

  /** a · b, element by element */
  mul<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "mul">,
  ): Arithmetic<A, E, T, "mul"> {
    return elementwise.arithmetic("mul", this, other) as Arithmetic<A, E, T, "mul">;
  }

  /** a / b as real numbers: integers become float32 */
  div<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "div">,
  ): Real<A, E, T, "div"> {
    return elementwise.floatArithmetic("div", this, other) as Real<A, E, T, "div">;
  }

  /** aᵇ; 0⁰ is 1, 1 to any power is 1, as in C's pow */
  pow<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "pow">,
  ): Arithmetic<A, E, T, "pow"> {
    return elementwise.arithmetic("pow", this, other) as Arithmetic<A, E, T, "pow">;
  }

  /** The larger of a and b; NaN if either is NaN */
  maximum<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "maximum">,
  ): Arithmetic<A, E, T, "maximum"> {
    return elementwise.arithmetic("maximum", this, other) as Arithmetic<A, E, T, "maximum">;
  }

  /** The smaller of a and b; NaN if either is NaN */
  minimum<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "minimum">,
  ): Arithmetic<A, E, T, "minimum"> {
    return elementwise.arithmetic("minimum", this, other) as Arithmetic<A, E, T, "minimum">;
  }

  /** a − b·⌊a / b⌋: the remainder that has b's sign, as in Python */
  remainder<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "remainder">,
  ): Arithmetic<A, E, T, "remainder"> {
    return elementwise.arithmetic("remainder", this, other) as Arithmetic<A, E, T, "remainder">;
  }

  /** The angle of the point (b, a), in radians from −π to π */
  atan2<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "atan2">,
  ): Real<A, E, T, "atan2"> {
    return elementwise.floatArithmetic("atan2", this, other) as Real<A, E, T, "atan2">;
  }

  /** √(a² + b²), which neither overflows nor underflows on the way */
  hypot<A extends Shape, E extends DType, T extends Operand>(
    this: Tensor<A, E>,
    other: T & ElementwiseCheck<A, T, "hypot">,
  ): Real<A, E, T, "hypot"> {
    return elementwise.floatArithmetic("hypot", this, other) as Real<A, E, T, "hypot">;
  }

  // Comparison and logic --------------------------------------------------------------------------------------

  /** a = b; NaN equals nothing */
  equal<A extends Shape, T extends Operand>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "equal">,
  ): Truth<A, T, "equal"> {
    return elementwise.compare("equal", this, other) as Truth<A, T, "equal">;
  }

  /** a ≠ b */
  notEqual<A extends Shape, T extends Operand>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "notEqual">,
  ): Truth<A, T, "notEqual"> {
    return elementwise.compare("notEqual", this, other) as Truth<A, T, "notEqual">;
  }

  /** a < b */
  less<A extends Shape, T extends Operand>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "less">,
  ): Truth<A, T, "less"> {
    return elementwise.compare("less", this, other) as Truth<A, T, "less">;
  }

  /** a ≤ b */
  lessEqual<A extends Shape, T extends Operand>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "lessEqual">,
  ): Truth<A, T, "lessEqual"> {
    return elementwise.compare("lessEqual", this, other) as Truth<A, T, "lessEqual">;
  }

  /** a > b */
  greater<A extends Shape, T extends Operand>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "greater">,
  ): Truth<A, T, "greater"> {
    return elementwise.compareSwapped("greater", this, other) as Truth<A, T, "greater">;
  }

  /** a ≥ b */
  greaterEqual<A extends Shape, T extends Operand>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "greaterEqual">,
  ): Truth<A, T, "greaterEqual"> {
    return elementwise.compareSwapped("greaterEqual", this, other) as Truth<A, T, "greaterEqual">;
  }

  /** Both true (not 0) */
  and<A extends Shape, T extends Tensor>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "and">,
  ): Truth<A, T, "and"> {
    return elementwise.logical("and", this, other) as Truth<A, T, "and">;
  }

  /** At least one true (not 0) */
  or<A extends Shape, T extends Tensor>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "or">,
  ): Truth<A, T, "or"> {
    return elementwise.logical("or", this, other) as Truth<A, T, "or">;
  }

  /** Exactly one true (not 0) */
  xor<A extends Shape, T extends Tensor>(
    this: Tensor<A>,
    other: T & ElementwiseCheck<A, T, "xor">,
  ): Truth<A, T, "xor"> {
    return elementwise.logical("xor", this, other) as Truth<A, T, "xor">;
  }

  /** True where x is 0 or false */
  not(): Tensor<S, "bool"> {
    return elementwise.testUnary("not", this) as Tensor<S, "bool">;
  }

  /** True where x is NaN */
  isnan(): Tensor<S, "bool"> {
    return elementwise.testUnary("isnan", this) as Tensor<S, "bool">;
  }

  /** True where x is neither NaN nor infinite */
  isfinite(): Tensor<S, "bool"> {
    return elementwise.testUnary("isfinite", this) as Tensor<S, "bool">;
  }

  /** The word shifted right by `bits` (int32, logical: zeros come in) */
  shiftRight(bits: number): Tensor<S, "int32"> {
    return elementwise.shiftRight(this, bits) as Tensor<S, "int32">;
  }

  // Functions of one number -----------------------------------------------------------------------------------

  /** −x */
  neg(): Tensor<S, D> {
    return elementwise.unary("neg", this) as Tensor<S, D>;
  }
  /** |x| */
  abs(): Tensor<S, D> {
    return elementwise.unary("abs", this) as Tensor<S, D>;
  }
  /** −1, 0 or 1; 0 for −0 and NaN, as PyTorch */
  sign(): Tensor<S, D> {
    return elementwise.unary("sign", this) as Tensor<S, D>;
  }
  /** The largest whole number ≤ x */
  floor(): Tensor<S, D> {
    return elementwise.unary("floor", this) as Tensor<S, D>;
  }
  /** The smallest whole number ≥ x */
  ceil(): Tensor<S, D> {
    return elementwise.unary("ceil", this) as Tensor<S, D>;
  }
  /** max(x, 0); NaN stays NaN, −0 becomes 0 */
  relu(): Tensor<S, D> {
    return elementwise.unary("relu", this) as Tensor<S, D>;
  }
  /** The nearest whole number, the even one at a tie */
  round(): Tensor<S, D> {
    return elementwise.unary("round", this) as Tensor<S, D>;
  }
  /** √x; NaN below 0 */
  sqrt(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("sqrt", this) as Tensor<S, ToFloat<D>>;
  }
  /** 1 / √x; ∞ at 0, NaN below */
  rsqrt(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("rsqrt", this) as Tensor<S, ToFloat<D>>;
  }
  /** ∛x */
  cbrt(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("cbrt", this) as Tensor<S, ToFloat<D>>;
  }
  /** eˣ */
  exp(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("exp", this) as Tensor<S, ToFloat<D>>;
  }
  /** eˣ − 1, exact near 0 */
  expm1(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("expm1", this) as Tensor<S, ToFloat<D>>;
  }
  /** ln x; −∞ at 0, NaN below */
  log(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("log", this) as Tensor<S, ToFloat<D>>;
  }
  /** ln(1 + x), exact near 0 */
  log1p(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("log1p", this) as Tensor<S, ToFloat<D>>;
  }
  /** log₂ x */
  log2(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("log2", this) as Tensor<S, ToFloat<D>>;
  }
  /** log₁₀ x */
  log10(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("log10", this) as Tensor<S, ToFloat<D>>;
  }
  /** sin x, x in radians */
  sin(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("sin", this) as Tensor<S, ToFloat<D>>;
  }
  /** cos x, x in radians */
  cos(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("cos", this) as Tensor<S, ToFloat<D>>;
  }
  /** tan x, x in radians */
  tan(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("tan", this) as Tensor<S, ToFloat<D>>;
  }
  /** arcsin x in radians */
  asin(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("asin", this) as Tensor<S, ToFloat<D>>;
  }
  /** arccos x in radians */
  acos(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("acos", this) as Tensor<S, ToFloat<D>>;
  }
  /** arctan x in radians */
  atan(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("atan", this) as Tensor<S, ToFloat<D>>;
  }
  /** sinh x */
  sinh(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("sinh", this) as Tensor<S, ToFloat<D>>;
  }
  /** cosh x */
  cosh(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("cosh", this) as Tensor<S, ToFloat<D>>;
  }
  /** tanh x */
  tanh(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("tanh", this) as Tensor<S, ToFloat<D>>;
  }
  /** arsinh x */
  asinh(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("asinh", this) as Tensor<S, ToFloat<D>>;
  }
  /** arcosh x */
  acosh(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("acosh", this) as Tensor<S, ToFloat<D>>;
  }
  /** artanh x */
  atanh(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("atanh", this) as Tensor<S, ToFloat<D>>;
  }
  /** erf x = 2/√π · ∫₀ˣ e^(−t²) dt */
  erf(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("erf", this) as Tensor<S, ToFloat<D>>;
  }
  /** 1 − erf x, exact far to the right */
  erfc(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("erfc", this) as Tensor<S, ToFloat<D>>;
  }
  /** 1 / (1 + e⁻ˣ), exact at both ends */
  sigmoid(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("sigmoid", this) as Tensor<S, ToFloat<D>>;
  }
  /** ln(1 + eˣ), exact at both ends */
  softplus(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("softplus", this) as Tensor<S, ToFloat<D>>;
  }
  /** Φ⁻¹(x): the quantile of the standard normal distribution, x from 0 to 1 */
  normalQuantile(): Tensor<S, ToFloat<D>> {
    return elementwise.floatUnary("normalQuantile", this) as Tensor<S, ToFloat<D>>;
  }

  // Reductions ------------------------------------------------------------------------------------------------

  /** Σx over `axes` (all by default); integers and bools add up in int32; of nothing 0. */
  sum<
    A extends Shape,
    E extends DType,
    const X extends AxesArgument = undefined,
    const K extends boolean = false,
  >(
    this: Tensor<A, E>,
    axes?: X & Guard<Reduce<A, X, K, "sum">>,
    options: KeepDims<K> = {},
  ): Tensor<Resolved<Reduce<A, X, K, "sum">>, Accumulated<E>> {
    return reduction.total("sum", this, axes, reduction.keepsDims("sum", options)) as Tensor<
      Resolved<Reduce<A, X, K, "sum">>,
      Accumulated<E>
    >;
  }

  /** Πx over `axes` (all by default); of nothing 1. */
  prod<
    A extends Shape,
    E extends DType,
    const X extends AxesArgument = undefined,
    const K extends boolean = false,
  >(
    this: Tensor<A, E>,
    axes?: X & Guard<Reduce<A, X, K, "prod">>,
    options: KeepDims<K> = {},
  ): Tensor<Resolved<Reduce<A, X, K, "prod">>, Accumulated<E>> {
    return reduction.total("prod", this, axes, reduction.keepsDims("prod", options)) as Tensor<
      Resolved<Reduce<A, X, K, "prod">>,
      Accumulated<E>
    >;
  }

  /** Σx / n over `axes` (all by default), floats only; of nothing NaN. */
  mean<
    A extends Shape,
    E extends DType,
    const X extends AxesArgument = undefined,
    const K extends boolean = false,
  >(
    this: Tensor<A, E>,
    axes?: X & Guard<Reduce<A, X, K, "mean">>,
    options: KeepDims<K> = {},
  ): Tensor<Resolved<Reduce<A, X, K, "mean">>, E> {
    return reduction.mean(this, axes, reduction.keepsDims("mean", options)) as Tensor<
      Resolved<Reduce<A, X, K, "mean">>,
      E
    >;
  }

  /** The largest over `axes` (all by default); NaN goes through; of nothing an error. */
  max<
    A extends Shape,
    E extends DType,
    const X extends AxesArgument = undefined,
    const K extends boolean = false,
  >(
    this: Tensor<A, E>,
    axes?: X & Guard<Reduce<A, X, K, "max">>,
    options: KeepDims<K> = {},
  ): Tensor<Resolved<Reduce<A, X, K, "max">>, E> {
    return reduction.extremum("max", this, axes, reduction.keepsDims("max", options)) as Tensor<
      Resolved<Reduce<A, X, K, "max">>,
      E
    >;
  }

  /** The smallest over `axes` (all by default); NaN goes through; of nothing an error. */
  min<
    A extends Shape,
    E extends DType,
    const X extends AxesArgument = undefined,
    const K extends boolean = false,
  >(
    this: Tensor<A, E>,
    axes?: X & Guard<Reduce<A, X, K, "min">>,
    options: KeepDims<K> = {},
  ): Tensor<Resolved<Reduce<A, X, K, "min">>, E> {
    return reduction.extremum("min", this, axes, reduction.keepsDims("min", options)) as Tensor<
      Resolved<Reduce<A, X, K, "min">>,
      E
    >;
  }

  /** Where the first maximum lies along `axis` (int32), or in the flattened tensor; NaN counts as the largest. */
  argmax<A extends Shape, const X extends number | undefined = undefined, const K extends boolean = false>(
    this: Tensor<A>,
    axis?: X & Guard<Reduce<A, X, K, "argmax">>,
    options: KeepDims<K> = {},
  ): Tensor<Resolved<Reduce<A, X, K, "argmax">>, "int32"> {
    return reduction.argExtremum("argmax", this, axis, reduction.keepsDims("argmax", options)) as Tensor<
      Resolved<Reduce<A, X, K, "argmax">>,
      "int32"
    >;
  }

  /** Where the first minimum lies along `axis` (int32), or in the flattened tensor; NaN counts as the smallest. */
  argmin<A extends Shape, const X extends number | undefined = undefined, const K extends boolean = false>(
    this: Tensor<A>,
    axis?: X & Guard<Reduce<A, X, K, "argmin">>,
    options: KeepDims<K> = {},
  ): Tensor<Resolved<Reduce<A, X, K, "argmin">>, "int32"> {
    return reduction.argExtremum("argmin", this, axis, reduction.keepsDims("argmin", options)) as Tensor<
      Resolved<Reduce<A, X, K, "argmin">>,
      "int32"
    >;
  }

  // Running totals and order ----------------------------------------------------------------------------------

  /** y[…, i, …] = x[…, 0, …] + … + x[…, i, …] along `axis`; floats add up in float64, integers and bools in int32. */
  cumsum(axis: number): Tensor<S, Accumulated<D>> {
    return ordering.runningTotal("sum", this, axis) as Tensor<S, Accumulated<D>>;
  }

  /** y[…, i, …] = x[…, 0, …] · … · x[…, i, …] along `axis`; floats multiply in float64, integers and bools in int32. */
  cumprod(axis: number): Tensor<S, Accumulated<D>> {
    return ordering.runningTotal("prod", this, axis) as Tensor<S, Accumulated<D>>;
  }

  /**
   * The positions (int32) that put x in order along `axis` (the last by default), for `gather`. Equal elements stay in
   * their order; NaN counts as the largest: last, or first where descending.
   */
  argsort(axis = -1, options: ordering.OrderOptions = {}): Tensor<S, "int32"> {
    return ordering.argsort(this, axis, options) as Tensor<S, "int32">;
  }

  // Products and indices --------------------------------------------------------------------------------------

  /**
   * `[…, m, k]·[…, k, n] → […, m, n]`; leading axes broadcast, a 1-d operand is a row on the left and a column on the
   * right and loses that axis in the result. Products are summed in increasing k; see docs/decisions/0004.
   *
   * @throws {ShapeMismatchError} if the inner axes differ or an operand is 0-d.
   */
  matmul<A extends Shape, E extends DType, T extends Tensor>(
    this: Tensor<A, E>,
    other: T & Guard<MatMul<A, ShapeOf<T>>>,
  ): Tensor<Resolved<MatMul<A, ShapeOf<T>>>, Promote<E, T["dtype"]>> {
    return matmul(this, other) as Tensor<Resolved<MatMul<A, ShapeOf<T>>>, Promote<E, T["dtype"]>>;
  }

  /**
   * `out[…, i, …] = x[…, index[…, i, …], …]` along `axis`: index has x's rank and its other axes.
   *
   * @throws {IndexError} if an index is outside the axis. Negative indices are refused.
   */
  gather<I extends Shape>(index: Tensor<I>, axis: number): Tensor<I, D> {
    return indexing.gather(this, index, axis) as Tensor<I, D>;
  }

  /** A copy of x with `out[…, index[…, i, …], …] += source[…, i, …]` along `axis`; duplicates add up. */
  scatterAdd(index: Tensor, source: Tensor, axis: number): Tensor<S, D> {
    return indexing.scatterAdd(this, index, source, axis) as Tensor<S, D>;
  }

  /** The slices of x at the positions of the 1-d `index` along `axis`: `[…, n, …] → […, index.length, …]`. */
  indexSelect(index: Tensor, axis = 0): Tensor<Shape, D> {
    return indexing.indexSelect(this, index, axis) as Tensor<Shape, D>;
  }
}

/** What `toArray` gives. */
export type NestedValues = number | boolean | NestedValues[];

/** `source` seen in the shape of `target`, for assign. */
function spread(source: Tensor, target: Tensor): Tensor {
  const lead = target.rank - source.rank;
  const fits = source.shape.every((size, axis) => size === 1 || size === target.shape[axis + lead]);
  if (lead >= 0 && fits) return elementwise.broadcastTo(source, target.shape);
  throw new ShapeMismatchError(
    "assign",
    `source is ${formatShape(source.shape)}, target is ${formatShape(target.shape)}.`,
    "Source must have the target's shape or broadcast to it; only axes of size 1 stretch.",
    [source.shape, target.shape],
  );
}

/** The scale or decay of an assignment in the target's dtype, after its checks. */
function factorFor(
  target: Tensor,
  mode: AssignMode,
  argument: "scale" | "decay",
  factor: Tensor | undefined,
): Tensor | undefined {
  if (factor === undefined) return undefined;
  if (factor.rank !== 0 || (mode !== "add" && mode !== "sub") || !isFloat(target.dtype)) {
    throw new ArgumentError(
      "assign",
      argument,
      `${argument} is ${formatShape(factor.shape)} for mode ${mode} on ${target.dtype}.`,
      `A ${argument} is a 0-d tensor, for mode add or sub, on a floating-point tensor.`,
    );
  }
  return movement.castTo(factor, target.dtype);
}

function sameView(a: Tensor, b: Tensor): boolean {
  return a.offset === b.offset && a.strides.every((stride, axis) => stride === b.strides[axis]);
}
