/**
 * The Backend contract: the seventeen primitives through which everything that computes goes.
 *
 * A primitive takes views (a storage seen through shape, strides and offset) and answers with the storage of a new
 * contiguous result. Shape rules, promotion, broadcasting and argument checks are done above the contract, movement
 * (reshape, permute, expand, slice, flip) is strides and never gets here. Nothing above knows which backend runs:
 * the CPU backend computes, one that records writes down a program, a GPU backend would enqueue.
 */
import { cpuBackend } from "./cpu/backend.ts";
import type { DType, TypedArray } from "./dtype.ts";
import type { Storage } from "./storage.ts";

/** What a primitive is given of a tensor. Strides and offset count elements; an expanded axis has stride 0. */
export interface View {
  readonly storage: Storage;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Elementwise functions of one tensor. All but `not`, `isnan` and `isfinite` keep the dtype. */
export type UnaryOp =
  | "neg"
  | "abs"
  | "sign"
  | "floor"
  | "ceil"
  | "round"
  | "relu"
  | "sqrt"
  | "rsqrt"
  | "cbrt"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "log2"
  | "log10"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "erf"
  | "erfc"
  | "sigmoid"
  | "softplus"
  | "normalQuantile"
  | "isnan"
  | "isfinite"
  | "not";

/** Elementwise functions of two tensors of one dtype whose result has that dtype; `div` of integers gives float32. */
export type ArithmeticOp =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "pow"
  | "maximum"
  | "minimum"
  | "remainder"
  | "atan2"
  | "hypot"
  | "shiftRight"
  | "and"
  | "or"
  | "xor";

/** Comparisons of two tensors of one dtype; the result is bool. */
export type CompareOp = "equal" | "notEqual" | "less" | "lessEqual";

/** Elementwise functions of two tensors. */
export type BinaryOp = ArithmeticOp | CompareOp;

/** Reductions; `argmax` and `argmin` reduce exactly one axis and give int32 positions. */
export type ReduceOp = "sum" | "prod" | "max" | "min" | "argmax" | "argmin";

/** What `cumulate` accumulates. */
export type CumulateOp = "sum" | "prod";

/** One piece of a `place`: where its elements go in the new storage. */
export interface Piece {
  readonly source: View;
  /** Strides in the destination, one for each axis of the source. */
  readonly strides: readonly number[];
  /** Where the piece's first element goes. */
  readonly offset: number;
}

/** How `assign` writes: `copy` overwrites the target, `add` adds to it, `sub` subtracts from it, `mul` multiplies it. */
export type AssignMode = "copy" | "add" | "sub" | "mul";

/** The primitives. Every backend, and nothing else, implements them. */
export interface Backend {
  readonly name: string;
  /** A storage that holds `array` (not copied). */
  constant(array: TypedArray, dtype: DType): Storage;
  /** `length` times `value`. */
  full(length: number, dtype: DType, value: number): Storage;
  /** `start + step·i` for i in 0 … length−1, computed in float64 and rounded once. */
  range(length: number, dtype: DType, start: number, step: number): Storage;
  /** f(x), element by element. Computed in float64 and rounded once. */
  unary(op: UnaryOp, x: View): Storage;
  /** f(a, b), element by element; a and b have one shape (stride 0 where one was expanded) and one dtype. */
  binary(op: BinaryOp, a: View, b: View): Storage;
  /** `condition ? a : b`, element by element; condition is bool, all three have one shape. */
  select(condition: View, a: View, b: View): Storage;
  /**
   * Reduces `axes` (sorted, counted from the front). The result holds the other axes in their order.
   * Float sums are compensated: float32 in a float64 accumulator, float64 pairwise. NaN goes through max and min.
   */
  reduce(op: ReduceOp, x: View, axes: readonly number[]): Storage;
  /**
   * The running sum or product along `axis`: out[…, i, …] = x[…, 0, …] ∘ … ∘ x[…, i, …], in that order.
   * Floats accumulate in float64, int32 wraps around.
   */
  cumulate(op: CumulateOp, x: View, axis: number): Storage;
  /**
   * The positions (int32) that put x in order along `axis`: x[…, out[…, 0, …], …] is the smallest, or the largest.
   * Stable: equal elements stay in their order. NaN counts as the largest.
   */
  sortIndices(x: View, axis: number, descending: boolean): Storage;
  /** `[…, m, k]·[…, k, n] → […, m, n]`; the leading axes are equal (stride 0 where one was expanded), one dtype. */
  matmul(a: View, b: View): Storage;
  /** `out[…, i, …] = x[…, index[…, i, …], …]` along `axis`; index is int32 and has x's other axes. */
  gather(x: View, index: View, axis: number): Storage;
  /** A copy of x with `out[…, index[…, i, …], …] += source[…, i, …]` along `axis`; duplicates add up. */
  scatterAdd(x: View, index: View, source: View, axis: number): Storage;
  /** `length` elements of `fill` with each piece written where it belongs (pad, concat, stack, slice's transpose). */
  place(length: number, dtype: DType, fill: number, pieces: readonly Piece[]): Storage;
  /** A contiguous copy in `dtype`. Floats are truncated towards zero on their way to integers; bool is x ≠ 0. */
  cast(x: View, dtype: DType): Storage;
  /**
   * `length` random 32-bit words (int32) of Philox4x32-10, from the state int32 [key0, key1, counter0 … counter3];
   * advances the state's counter by ⌈length / 4⌉, which is a write.
   */
  randomBits(state: View, length: number): Storage;
  /**
   * Writes `source` (same shape and dtype) into `target`. With 0-d factors, add and sub write decay·target ± scale·source,
   * computed in float64 and rounded once. The caller bumps the version.
   */
  assign(target: View, source: View, mode: AssignMode, scale?: View, decay?: View): void;
  /** The elements in row-major order, in a new array. */
  read(x: View): TypedArray;
}

let active: Backend = cpuBackend;

/** The backend that computes now: the CPU backend outside `withBackend`. */
export function currentBackend(): Backend {
  return active;
}

/**
 * Runs `body` with every primitive going to `backend`, and comes back to the earlier one, also after an exception.
 * `body` must be synchronous: what it does after an await runs on the earlier backend.
 */
export function withBackend<R>(backend: Backend, body: () => R): R {
  const earlier = active;
  active = backend;
  try {
    return body();
  } finally {
    active = earlier;
  }
}
