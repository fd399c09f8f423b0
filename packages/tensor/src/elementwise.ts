/** Elementwise functions: promotion, broadcasting and the scalar rule, in front of the backend's loops. */
import { type ArithmeticOp, type BinaryOp, type CompareOp, currentBackend, type UnaryOp } from "./backend.ts";
import { canHold, checkHolds, type DType, isFloat, promote, toFloat } from "./dtype.ts";
import { ArgumentError, DTypeError } from "./errors.ts";
import { castTo, stretched } from "./movement.ts";
import { broadcastShapes, contiguousStrides, sameShape } from "./shape.ts";
import type { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/** A 0-d tensor that holds `value`. */
export function scalar(value: number, dtype: DType): Tensor {
  return new Tensor(currentBackend().full(1, dtype, value), [], [], 0);
}

/** `x` seen in the broadcast `shape`; the caller has checked that it broadcasts. */
export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  return sameShape(x.shape, shape) ? x : stretched(x, shape);
}

/** f(x) for an op that keeps the dtype of any number (neg, abs, sign, floor, ceil, round, relu). */
export function unary(op: UnaryOp, x: Tensor): Tensor {
  if (x.dtype === "bool") {
    throw new DTypeError(op, "x is bool.", 'Cast it first, for example with cast("int32").', x.dtype);
  }
  return over(currentBackend().unary(op, x), x);
}

/** f(x) for an op over the reals: integers and bools become float32 first. */
export function floatUnary(op: UnaryOp, x: Tensor): Tensor {
  const real = castTo(x, toFloat(x.dtype));
  return over(currentBackend().unary(op, real), x);
}

/** f(x) for an op whose result is bool (isnan, isfinite, not). */
export function testUnary(op: "isnan" | "isfinite" | "not", x: Tensor): Tensor {
  return over(currentBackend().unary(op, op === "not" ? castTo(x, "bool") : x), x);
}

/** f(a, b) in the dtype where both meet. A number takes the tensor's dtype and must fit it. */
export function arithmetic(op: ArithmeticOp, a: Tensor, b: Tensor | number): Tensor {
  if (typeof b === "number") checkHolds(op, a.dtype, b);
  const other = typeof b === "number" ? scalar(b, a.dtype) : b;
  const dtype = a.dtype === other.dtype ? a.dtype : promote(a.dtype, other.dtype);
  if (dtype === "bool" && op !== "maximum" && op !== "minimum" && op !== "mul") {
    throw new DTypeError(
      op,
      "both operands are bool.",
      'Use and, or, xor or not for logic, or cast one of them, for example with cast("int32").',
      dtype,
    );
  }
  return meet(op, a, other, dtype);
}

/** f(a, b) over the reals (true division, atan2, hypot): float32 for integers and bools. */
export function floatArithmetic(op: "div" | "atan2" | "hypot", a: Tensor, b: Tensor | number): Tensor {
  const common = typeof b === "number" ? a.dtype : promote(a.dtype, b.dtype);
  // Integers are divided as they are, without a copy in float32 first.
  const whole = op === "div" && common !== "bool" && (typeof b !== "number" || canHold(common, b));
  const dtype = whole ? common : toFloat(common);
  return meet(op, a, typeof b === "number" ? scalar(b, dtype) : b, dtype);
}

/** a ∘ b as bool. A number is compared as it is, also with integers: `x.less(2.5)`. */
export function compare(op: CompareOp, a: Tensor, b: Tensor | number): Tensor {
  const other = comparand(a, b);
  return meet(op, a, other, promote(a.dtype, other.dtype));
}

/** What a is compared with: a number that a's dtype cannot hold is compared in float64, which holds all of both. */
function comparand(a: Tensor, b: Tensor | number): Tensor {
  return typeof b === "number" ? scalar(b, canHold(a.dtype, b) ? a.dtype : "float64") : b;
}

/** a > b as b < a, and a ≥ b as b ≤ a. Refused by the name and in the order that the user wrote. */
export function compareSwapped(op: "greater" | "greaterEqual", a: Tensor, b: Tensor | number): Tensor {
  const other = comparand(a, b);
  broadcastShapes(op, a.shape, other.shape);
  return meet(op === "greater" ? "less" : "lessEqual", other, a, promote(a.dtype, other.dtype));
}

/** Logic on truth values: x ≠ 0 counts as true. */
export function logical(op: "and" | "or" | "xor", a: Tensor, b: Tensor): Tensor {
  return meet(op, castTo(a, "bool"), castTo(b, "bool"), "bool");
}

/**
 * Logical shift of int32 words to the right by `bits`; the result is never negative for bits ≥ 1.
 *
 * @throws {ArgumentError} if bits is not a whole number from 0 to 31.
 */
export function shiftRight(a: Tensor, bits: number): Tensor {
  if (a.dtype !== "int32") {
    throw new DTypeError("shiftRight", `a is ${a.dtype}.`, 'Shifts take int32; use cast("int32").', a.dtype);
  }
  if (!Number.isInteger(bits) || bits < 0 || bits > 31) {
    throw new ArgumentError("shiftRight", "bits", `bits is ${bits}.`, "Give a whole number from 0 to 31.");
  }
  return meet("shiftRight", a, scalar(bits, "int32"), "int32");
}

/**
 * `condition ? a : b`, element by element, broadcast against each other; a and b meet in one dtype.
 *
 * @param condition bool (other dtypes: true where not 0).
 * @throws {ShapeMismatchError} if the three shapes do not broadcast.
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  const dtype = branchDType(a, b);
  const whenTrue = typeof a === "number" ? scalar(a, dtype) : castTo(a, dtype);
  const whenFalse = typeof b === "number" ? scalar(b, dtype) : castTo(b, dtype);
  const branches = broadcastShapes("where", whenTrue.shape, whenFalse.shape);
  const shape = broadcastShapes("where", condition.shape, branches);
  const storage = currentBackend().select(
    broadcastTo(castTo(condition, "bool"), shape),
    broadcastTo(whenTrue, shape),
    broadcastTo(whenFalse, shape),
  );
  return new Tensor(storage, shape, contiguousStrides(shape), 0);
}

function branchDType(a: Tensor | number, b: Tensor | number): DType {
  if (typeof a !== "number") {
    if (typeof b !== "number") return promote(a.dtype, b.dtype);
    checkHolds("where", a.dtype, b);
    return a.dtype;
  }
  if (typeof b === "number") return "float32";
  checkHolds("where", b.dtype, a);
  return b.dtype;
}

function meet(op: BinaryOp, a: Tensor, b: Tensor, dtype: DType): Tensor {
  const left = castTo(a, dtype);
  const right = castTo(b, dtype);
  const shape = broadcastShapes(op, left.shape, right.shape);
  const storage = currentBackend().binary(op, broadcastTo(left, shape), broadcastTo(right, shape));
  return new Tensor(storage, shape, contiguousStrides(shape), 0);
}

function over(storage: Storage, x: Tensor): Tensor {
  return new Tensor(storage, x.shape, contiguousStrides(x.shape), 0);
}

/** Refuses integers and bools where only floats make sense. @throws {DTypeError} naming the op. */
export function checkFloat(op: string, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `x is ${x.dtype}.`, 'It takes float32 or float64; use cast("float32").', x.dtype);
}
