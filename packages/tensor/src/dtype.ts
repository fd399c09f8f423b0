/** Element types, the arrays that hold them, and the rules by which two of them meet. */
import type { BinaryOp, UnaryOp } from "./backend.ts";
import { DTypeError } from "./errors.ts";

/** The element types, in the order of promotion: bool < uint8 < int32 < float32 < float64. */
export type DType = "bool" | "uint8" | "int32" | "float32" | "float64";

/** The floating-point element types: the only ones that can require a gradient. */
export type FloatDType = "float32" | "float64";

/** The typed array behind each dtype. A bool is one byte, 0 or 1. */
export interface ArrayOf {
  bool: Uint8Array;
  uint8: Uint8Array;
  int32: Int32Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** Any array that can hold a tensor's elements. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** All dtypes, in the order of promotion. */
export const dtypes: readonly DType[] = ["bool", "uint8", "int32", "float32", "float64"];

/** The dtype in which two dtypes meet: the later one in the order of promotion, known to the compiler. */
export type Promote<A extends DType, B extends DType> = [A] extends [B]
  ? [B] extends [A]
    ? A
    : PromoteDifferent<A, B>
  : PromoteDifferent<A, B>;

type PromoteDifferent<A extends DType, B extends DType> =
  IsUnion<A | B> extends true
    ? "float64" extends A | B
      ? Known<A, B, "float64">
      : "float32" extends A | B
        ? Known<A, B, "float32">
        : "int32" extends A | B
          ? Known<A, B, "int32">
          : Known<A, B, "uint8">
    : A;
/** R where each of A and B is one dtype; DType where one of them is not known. */
type Known<A extends DType, B extends DType, R extends DType> =
  IsUnion<A> extends true ? DType : IsUnion<B> extends true ? DType : R;
type IsUnion<T, U = T> = T extends U ? ([U] extends [T] ? false : true) : never;

/** The dtype of a true quotient or a mean: floats stay, all else becomes float32. */
export type ToFloat<D extends DType> = D extends FloatDType ? D : "float32";

const order: Record<DType, number> = { bool: 0, uint8: 1, int32: 2, float32: 3, float64: 4 };

/** The dtype in which `a` and `b` meet: the later of the two in bool < uint8 < int32 < float32 < float64. */
export function promote(a: DType, b: DType): DType {
  return order[a] >= order[b] ? a : b;
}

/** True for float32 and float64. */
export function isFloat(dtype: DType): dtype is FloatDType {
  return dtype === "float32" || dtype === "float64";
}

/** The dtype itself where it is floating-point, float32 elsewhere. */
export function toFloat(dtype: DType): FloatDType {
  return isFloat(dtype) ? dtype : "float32";
}

/** A new zero-filled array of `length` elements of `dtype`. */
export function allocate(dtype: DType, length: number): TypedArray {
  switch (dtype) {
    case "float32":
      return new Float32Array(length);
    case "float64":
      return new Float64Array(length);
    case "int32":
      return new Int32Array(length);
    default:
      return new Uint8Array(length);
  }
}

/**
 * The dtype that an array holds by itself; a Uint8Array holds uint8.
 *
 * @throws {DTypeError} if it is a typed array of another kind.
 */
export function dtypeOf(op: string, array: TypedArray): DType {
  if (array instanceof Float32Array) return "float32";
  if (array instanceof Float64Array) return "float64";
  if (array instanceof Int32Array) return "int32";
  if (array instanceof Uint8Array) return "uint8";
  const kind = Object.prototype.toString.call(array).slice(8, -1);
  const remedy =
    "Give a Float32Array, Float64Array, Int32Array or Uint8Array, for example with Float32Array.from(data).";
  throw new DTypeError(op, `data is a ${kind}.`, remedy, kind);
}

/**
 * Refuses what is no dtype, where a program without types hands one in.
 *
 * @throws {DTypeError} naming the dtypes there are.
 */
export function checkDType(op: string, dtype: DType): void {
  if (dtypes.includes(dtype)) return;
  throw new DTypeError(op, `dtype is ${dtype}.`, `Give one of ${dtypes.join(", ")}.`, String(dtype));
}

/** Bytes an element of `dtype` takes. */
export function bytesPerElement(dtype: DType): number {
  return dtype === "float64" ? 8 : dtype === "float32" || dtype === "int32" ? 4 : 1;
}

/** True if `dtype` holds `value` without changing its category: any number for floats, whole ones in range else. */
export function canHold(dtype: DType, value: number): boolean {
  switch (dtype) {
    case "float32":
    case "float64":
      return true;
    case "int32":
      return (value | 0) === value;
    case "uint8":
      return (value & 255) === value;
    default:
      return value === 0 || value === 1;
  }
}

/**
 * Refuses a JavaScript number that a tensor of `dtype` cannot take in: a number never raises a tensor's category.
 *
 * @throws {DTypeError} if `value` is fractional or out of range for an integer dtype, or not 0 or 1 for bool.
 */
export function checkHolds(op: string, dtype: DType, value: number): void {
  if (canHold(dtype, value)) return;
  throw new DTypeError(
    op,
    `the number ${value} does not fit a tensor of ${dtype}, and a number never raises a tensor's dtype.`,
    `Cast the tensor first, for example with cast("${canHold("int32", value) ? "int32" : "float32"}").`,
    dtype,
  );
}

/** The dtype of what `unary` gives for an operand of `dtype`: bool for tests. */
export function unaryDType(op: UnaryOp, dtype: DType): DType {
  return op === "not" || op === "isnan" || op === "isfinite" ? "bool" : dtype;
}

/** The dtype of what `binary` gives for operands of `dtype`: bool for comparisons, float32 for quotients of integers. */
export function binaryDType(op: BinaryOp, dtype: DType): DType {
  if (op === "equal" || op === "notEqual" || op === "less" || op === "lessEqual") return "bool";
  return op === "div" ? toFloat(dtype) : dtype;
}
