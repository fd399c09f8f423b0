export { atomic, i32Atomic, i64Atomic } from "./atomics.ts";
export { supportsRelaxedSimd, supportsSimd, supportsThreads } from "./detect.ts";
export { dump } from "./dump.ts";
export { AssemblyError, type AssemblyPlace } from "./errors.ts";
export {
  constant,
  type Expression,
  type Literal,
  type Operand,
  type ResultType,
  type ValueType,
} from "./expression.ts";
export type { FunctionBuilder, Label } from "./function-builder.ts";
export type { Instructions, InstructionTable } from "./instructions.ts";
export {
  type Body,
  call,
  type FunctionHandle,
  type MemoryDeclaration,
  type MemoryLimits,
  ModuleBuilder,
  type ParameterLocals,
  type Parameters,
} from "./module-builder.ts";
export { f32, f64, i32, i64, memory } from "./scalar.ts";
export { f32x4, f64x2, i8x16, i16x8, i32x4, i64x2, v128 } from "./simd.ts";
export { drop, type Global, type Local, select, set, tee, unreachable } from "./variable.ts";
