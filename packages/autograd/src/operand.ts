/** JavaScript numbers as operands of ops. */
import { checkHolds, type DType, full } from "@adjoint/tensor";
import { type Value, Variable } from "./variable.ts";

/** What the second operand of an elementwise op may be. A number takes the first operand's dtype. */
export type Operand = Value | number;

/** A number as a 0-d constant of `dtype`; anything else as it is. @throws {DTypeError} if the number does not fit. */
export function operand(op: string, x: Operand, dtype: DType): Value {
  if (typeof x !== "number") return x;
  checkHolds(op, dtype, x);
  return full([], x, { dtype });
}

/** True if x is a Variable. */
export function isVariable(x: unknown): x is Variable {
  return x instanceof Variable;
}
