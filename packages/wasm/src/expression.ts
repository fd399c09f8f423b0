// A program is written as trees: an expression names its instruction and holds its operands, and carries its type both in
// TypeScript (adding an i32 to an f32 does not compile) and at run time (the function builder checks it again with an operand stack).
import { AssemblyError } from "./errors.ts";
import { signedLeb128 } from "./leb128.ts";

/** The types of WebAssembly values. */
export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

/** What a function or an instruction gives: a value or nothing. */
export type ResultType = ValueType | "void";

/**
 * An instruction with its operands. It computes when a function runs it; an expression used twice is computed twice.
 * A `void` expression is a statement, to be passed to `FunctionBuilder.run`.
 */
export interface Expression<T extends ResultType = ResultType> {
  /** The type that the instruction leaves on the operand stack. */
  readonly type: T;
  /** The mnemonic of the specification, for example `f32x4.add`. */
  readonly name: string;
  /** One byte, or prefix · 0x1000 + number for the prefixed ones: 0xfd0e4 is instruction 0xe4 under prefix 0xfd. */
  readonly opcode: number;
  /** The types it pops, first operand first. */
  readonly takes: readonly ValueType[];
  /** The expressions that make them. */
  readonly operands: readonly Expression[];
  /** The encoded immediates that follow the opcode. */
  readonly bytes: readonly number[];
  /** The immediates as text. */
  readonly text: string;
  /** The function or module that a local, global or function belongs to; "memory" for what needs the module's memory. */
  readonly owner: object | "memory" | undefined;
}

/** What a constant may be written as where an expression is wanted. */
export type Literal<T extends ValueType> = T extends "i64" ? bigint : T extends "v128" ? never : number;

/** An expression of type T, or a plain number (bigint for i64) that stands for the constant. */
export type Operand<T extends ValueType> = Expression<T> | Literal<T>;

/** Shared by the many expressions that have none: an array each would be most of what an assembly allocates. */
const NONE: readonly never[] = [];

/** Assembles an expression from its parts; every instruction passes here. */
export function expression<T extends ResultType>(
  type: T,
  name: string,
  opcode: number,
  takes: readonly ValueType[] = NONE,
  operands: readonly Expression[] = NONE,
  bytes: readonly number[] = NONE,
  text = "",
  owner?: object | "memory",
): Expression<T> {
  return { type, name, opcode, takes, operands, bytes, text, owner };
}

/**
 * The constant of a type: a number for i32 (−2³¹ to 2³²−1), f32 and f64, a bigint for i64, any 16-byte typed array for v128.
 * @throws AssemblyError when the value does not fit the type
 */
export function constant<T extends ValueType>(
  type: T,
  value: T extends "v128" ? ArrayBufferView : Literal<T>,
): Expression<T>;
export function constant(type: ValueType, value: number | bigint | ArrayBufferView): Expression {
  const make = (opcode: number, bytes: readonly number[], text: string): Expression =>
    expression(type, `${type}.const`, opcode, [], [], bytes, text);
  if (type === "v128" && ArrayBuffer.isView(value) && value.byteLength === 16) {
    const bytes = [...new Uint8Array(value.buffer, value.byteOffset, 16)];
    return make(0xfd00c, bytes, `i8x16 ${bytes.join(" ")}`);
  }
  if (type === "i64" && typeof value === "bigint" && value >= -(2n ** 63n) && value < 2n ** 64n) {
    return make(0x42, signedLeb128(BigInt.asIntN(64, value)), String(value));
  }
  if (typeof value === "number") {
    if (type === "f32")
      return make(0x43, floatBytes(new Float32Array([value])), floatText(Math.fround(value)));
    if (type === "f64") return make(0x44, floatBytes(new Float64Array([value])), floatText(value));
    if (type === "i32" && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32) {
      return make(0x41, signedLeb128(value | 0), String(value));
    }
  }
  const wanted = { i32: "an integer from −2³¹ to 2³²−1", i64: "a bigint of 64 bits", v128: "16 bytes" };
  const remedy = `Pass ${type === "f32" || type === "f64" ? "a number" : wanted[type]}.`;
  throw new AssemblyError(`${type}.const`, `${String(value)} is not a constant of this type`, remedy);
}

/** Makes an operand into an expression: literals become constants of the wanted type. */
export function toExpression(type: ValueType, value: unknown, operation: string): Expression {
  if (typeof value === "number" && type !== "i64" && type !== "v128") return constant(type, value);
  if (typeof value === "bigint" && type === "i64") return constant(type, value);
  if (isExpression(value)) return value;
  const remedy = `Pass an expression of type ${type}${type === "v128" ? "" : " or a literal of its kind"}.`;
  throw new AssemblyError(operation, `an operand is ${String(value)}, ${type} expected`, remedy);
}

function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && "opcode" in value;
}

function floatBytes(value: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>): number[] {
  const bytes = [...new Uint8Array(value.buffer)];
  // Typed arrays have the machine's byte order, WebAssembly is little-endian.
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? bytes : bytes.reverse();
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return Object.is(value, -0) ? "-0" : String(value).replace("Infinity", "inf");
}
