/** The operands of elementwise ops: Values, and JavaScript numbers beside them. */
import {
  checkHolds,
  type DType,
  type ElementwiseCheck,
  type ElementwiseShape,
  full,
  isFloat,
  type ShapeOf,
  type Tensor,
  toFloat,
} from "@adjoint/tensor";
import { type Lift, type Value, Variable } from "./variable.ts";

/** What an operand of an elementwise op may be. A number takes the dtype of the operand beside it. */
export type Operand = Value | number;

/**
 * What the elementwise op `Op` asks of its operand b of type B beside a of type A: `unknown`, which asks nothing, where
 * they broadcast, else the message that the editor prints.
 */
export type Meets<A, B, Op extends string> = A extends number ? unknown : ElementwiseCheck<ShapeOf<A>, B, Op>;

/** What the elementwise op `Op` gives for operands of types A and B: their broadcast shape, tracked if one of them is. */
export type Elementwise<A, B, Op extends string> = Lift<BroadcastOf<A, B, Op>, A, B>;

/** The shape that operands of types A and B broadcast to. */
export type BroadcastOf<A, B, Op extends string> = A extends number
  ? ShapeOf<B>
  : ElementwiseShape<ShapeOf<A>, B, Op>;

/** A number as a 0-d constant of `dtype`; anything else as it is. @throws {DTypeError} if the number does not fit. */
export function operand(op: string, x: Operand, dtype: DType): Value {
  if (typeof x !== "number") return x;
  checkHolds(op, dtype, x);
  return full([], x, { dtype });
}

/**
 * Two operands as Values: a number becomes a 0-d constant of the other's dtype, and two numbers are float32.
 *
 * @throws {DTypeError} if a number does not fit the other's dtype.
 */
export function operands(op: string, a: Operand, b: Operand): [Value, Value] {
  return [operand(op, a, dtypeBeside(b)), operand(op, b, dtypeBeside(a))];
}

/** The same for an op over the reals, before which integers and bools become float32: `x / 2.5` with x int32. */
export function realOperands(op: string, a: Operand, b: Operand): [Value, Value] {
  return [operand(op, a, toFloat(dtypeBeside(b))), operand(op, b, toFloat(dtypeBeside(a)))];
}

/** The same for a comparison, which takes a number as it is, also beside integers: `x < 2.5` with x int32. */
export function comparedOperands(op: string, a: Operand, b: Operand): [Value, Value] {
  return [operand(op, a, comparedDType(a, dtypeBeside(b))), operand(op, b, comparedDType(b, dtypeBeside(a)))];
}

/** A tensor for an op over the reals: integers and bools as float32. */
export function toReal(x: Tensor): Tensor {
  return x.cast(toFloat(x.dtype));
}

/** True if x is a Variable. */
export function isVariable(x: unknown): x is Variable {
  return x instanceof Variable;
}

function dtypeBeside(other: Operand): DType {
  return typeof other === "number" ? "float32" : other.dtype;
}

/** A dtype that holds `x` exactly as the comparison shall see it; float64 holds every int32. */
function comparedDType(x: Operand, beside: DType): DType {
  if (isFloat(beside)) return beside;
  return typeof x === "number" && (x | 0) === x ? "int32" : "float64";
}
