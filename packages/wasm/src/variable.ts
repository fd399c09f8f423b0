// Variable, parametric and control instructions that are no table rows, because their types depend on their operands.
import { AssemblyError } from "./errors.ts";
import { type Expression, expression, type Operand, toExpression, type ValueType } from "./expression.ts";

/** A parameter or local variable of a function; as an expression it is its value. */
export interface Local<T extends ValueType = ValueType> extends Expression<T> {
  readonly kind: "local";
}

/** A global variable of a module; as an expression it is its value. */
export interface Global<T extends ValueType = ValueType> extends Expression<T> {
  readonly kind: "global";
  readonly mutable: boolean;
}

/**
 * The statement `target = value` for a local or a mutable global.
 * @throws AssemblyError when the global cannot be changed
 */
export function set<T extends ValueType>(
  target: Local<T> | Global<T>,
  value: Operand<NoInfer<T>>,
): Expression<"void"> {
  const name = `${target.kind}.set`;
  if (target.kind === "global" && !target.mutable) {
    throw new AssemblyError(name, `${target.text} cannot be changed`, "Declare it with mutable = true.");
  }
  const operands = [toExpression(target.type, value, name)];
  const opcode = target.kind === "local" ? 0x21 : 0x24;
  const { type, bytes, text, owner } = target;
  return expression("void", name, opcode, [type], operands, bytes, text, owner);
}

/** Sets a local and gives the value too. */
export function tee<T extends ValueType>(target: Local<T>, value: Operand<NoInfer<T>>): Expression<T> {
  const { type, bytes, text, owner } = target;
  const operands = [toExpression(type, value, "local.tee")];
  return expression(type, "local.tee", 0x22, [type], operands, bytes, text, owner);
}

/** `condition ? a : b` without a branch: both are computed. The type is the first one's. */
export function select<T extends ValueType>(
  condition: Operand<"i32">,
  a: Expression<T>,
  b: Operand<NoInfer<T>>,
): Expression<T> {
  const operands = [a, toExpression(a.type, b, "select"), toExpression("i32", condition, "select")];
  return expression(a.type, "select", 0x1b, [a.type, a.type, "i32"], operands);
}

/** Computes an expression for its effect and forgets its value. */
export function drop(value: Expression<ValueType>): Expression<"void"> {
  return expression("void", "drop", 0x1a, [value.type], [value]);
}

/** Stops the program with a trap: a WebAssembly.RuntimeError in JavaScript. */
export function unreachable(): Expression<"void"> {
  return expression("void", "unreachable", 0x00);
}
