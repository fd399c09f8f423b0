// The binary format. Source: WebAssembly core specification, section 5 "Binary Format".
import type { Expression, ResultType, ValueType } from "./expression.ts";
import { FunctionBuilder } from "./function-builder.ts";
import { unsignedLeb128 } from "./leb128.ts";
import type { FunctionHandle, MemoryLimits, ModuleBuilder } from "./module-builder.ts";
import type { Global } from "./variable.ts";

const TYPE_CODES: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

/** Encodes a module: the magic number, the version, and the sections in their order. */
export function encodeModule(module: ModuleBuilder): Uint8Array<ArrayBuffer> {
  const { memory, functions } = module;
  const types = new Map<string, number>();
  const typeSection: number[][] = [];
  const typeIndices = functions.map(({ params, result }) => {
    const bytes = [
      0x60,
      ...list(Object.values(params).map((type) => [TYPE_CODES[type]])),
      ...resultBytes(result),
    ];
    const key = bytes.join();
    const known = types.get(key);
    if (known !== undefined) return unsignedLeb128(known);
    types.set(key, typeSection.length);
    return unsignedLeb128(typeSection.push(bytes) - 1);
  });
  const imports: number[][] = [];
  const bodies: FunctionBuilder[] = [];
  const bodyTypes: number[][] = [];
  functions.forEach(({ source }, index) => {
    const type = typeIndices[index] ?? [];
    if (source instanceof FunctionBuilder) {
      bodies.push(source);
      bodyTypes.push(type);
    } else imports.push([...text(source[0]), ...text(source[1]), 0, ...type]);
  });
  if (memory?.source)
    imports.push([...text(memory.source[0]), ...text(memory.source[1]), 2, ...limits(memory)]);
  const globals = module.globals.map(({ global, initial }) => {
    const bytes = [TYPE_CODES[global.type], Number(global.mutable)];
    writeInstruction(initial, bytes);
    return [...bytes, 0x0b];
  });
  const exports = module.exports.map(({ name, target }) => [...text(name), ...exported(target)]);
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, typeSection),
    ...section(2, imports),
    ...section(3, bodyTypes),
    ...section(5, memory && !memory.source ? [limits(memory)] : []),
    ...section(6, globals),
    ...section(7, exports),
    ...section(10, bodies.map(body)),
  ]);
}

function body({ locals, parameterCount, code }: FunctionBuilder): number[] {
  const groups: number[][] = [];
  let previous: ValueType | undefined;
  let count = 0;
  const close = (): void => {
    if (previous) groups.push([...unsignedLeb128(count), TYPE_CODES[previous]]);
  };
  for (const { type } of locals.slice(parameterCount)) {
    if (type !== previous) {
      close();
      previous = type;
      count = 0;
    }
    count++;
  }
  close();
  const bytes = list(groups);
  for (const part of code) writeInstruction(part, bytes);
  bytes.push(0x0b);
  return [...unsignedLeb128(bytes.length), ...bytes];
}

/** Operands first, then the opcode and its immediates. */
function writeInstruction({ opcode, operands, bytes }: Expression, out: number[]): void {
  for (const operand of operands) writeInstruction(operand, out);
  if (opcode < 0x100) out.push(opcode);
  else out.push(opcode >> 12, ...unsignedLeb128(opcode & 0xfff));
  for (const byte of bytes) out.push(byte);
}

function exported(target: FunctionHandle | Global | "memory"): number[] {
  if (target === "memory") return [2, 0];
  return "kind" in target ? [3, ...target.bytes] : [0, ...unsignedLeb128(target.index)];
}

function limits({ initial, maximum, shared = false }: MemoryLimits): number[] {
  if (maximum === undefined) return [0, ...unsignedLeb128(initial)];
  return [shared ? 3 : 1, ...unsignedLeb128(initial), ...unsignedLeb128(maximum)];
}

function resultBytes(result: ResultType): number[] {
  return result === "void" ? [0] : [1, TYPE_CODES[result]];
}

function text(value: string): number[] {
  const bytes = new TextEncoder().encode(value);
  return [...unsignedLeb128(bytes.length), ...bytes];
}

function list(items: readonly (readonly number[])[]): number[] {
  const bytes = unsignedLeb128(items.length);
  // Plain loops: flat() and spreading take several times longer, and assembling delays a program's first result.
  for (const item of items) for (const byte of item) bytes.push(byte);
  return bytes;
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  if (items.length === 0) return [];
  const bytes = list(items);
  return [id, ...unsignedLeb128(bytes.length), ...bytes];
}
