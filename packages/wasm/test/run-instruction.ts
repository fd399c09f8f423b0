// Runs a single instruction of a table: a function that takes its scalar operands as parameters and its vectors from memory.
import type { Expression, InstructionTable, ResultType, ValueType } from "../src/index.ts";
import { f32, f64, i32, i64, ModuleBuilder, v128 } from "../src/index.ts";

/** A line of an instruction table. */
export interface Row {
  readonly name: string;
  readonly takes: readonly ValueType[];
  readonly immediates: readonly string[];
  readonly gives: ResultType;
}

export type Argument = number | bigint | Uint8Array;

/** An instruction in a module of its own; bytes 256 to 65535 of the memory are free. */
export interface Prepared {
  readonly call: (...args: readonly Argument[]) => Argument | undefined;
  readonly memory: Uint8Array;
}

const VECTORS_AT = 16;
const RESULT_AT = 128;

/** All instructions of a table. */
export function rowsOf(table: InstructionTable): Row[] {
  return Object.entries(table).flatMap(([signature, runs]) => {
    const [left = "", gives = ""] = signature.split(" > ");
    const tokens = left.split(" ");
    const takes = tokens.filter((token): token is ValueType => /^[ifv]\d/.test(token));
    const immediates = tokens.slice(takes.length);
    const names = runs.flatMap((run) => run.split(" ").slice(1));
    return names.map((name) => ({
      name: name.replace(".", "_"),
      takes,
      immediates,
      gives: gives as ResultType,
    }));
  });
}

/** Compiles an instruction; lanes default to 1, shuffles to the identity, offsets to 0. */
export function prepare(family: object, row: Row, immediates?: readonly unknown[], shared = false): Prepared {
  const module = new ModuleBuilder();
  module.setMemory({ initial: 1, maximum: 1, shared });
  const params = Object.fromEntries(
    row.takes.map((type, i) => [`p${i}`, type === "v128" ? "i32" : type] as const),
  );
  const result = row.gives === "v128" ? "void" : row.gives;
  const defaults = row.immediates.flatMap((token): unknown[] => {
    if (token === "lanes") return [Array.from({ length: 16 }, (_, i) => i)];
    return token.startsWith("lane") ? [1] : [];
  });
  const make: (...args: unknown[]) => Expression = Reflect.get(family, row.name);
  const func = module.func<Record<string, ValueType>, ResultType>("run", params, result, (f, locals) => {
    const operands = row.takes.map((type, i) => {
      const local = locals[`p${i}`] as Expression<"i32">;
      return type === "v128" ? v128.load(local) : local;
    });
    const value = make(...operands, ...(immediates ?? defaults));
    if (row.gives === "v128") f.run(v128.store(RESULT_AT, value as Expression<"v128">));
    else if (row.gives === "void") f.run(value as Expression<"void">);
    else return value as Expression<ValueType>;
    return undefined as never;
  });
  module.export("run", func);
  module.export("memory", "memory");
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()));
  const memory = new Uint8Array((instance.exports.memory as WebAssembly.Memory).buffer);
  const run = instance.exports.run as (...args: (number | bigint)[]) => number | bigint | undefined;
  const call = (...args: readonly Argument[]): Argument | undefined => {
    const scalars = args.map((argument, i) => {
      if (!(argument instanceof Uint8Array)) return argument;
      memory.set(argument, VECTORS_AT * (i + 1));
      return VECTORS_AT * (i + 1);
    });
    const value = run(...scalars);
    return row.gives === "v128" ? memory.slice(RESULT_AT, RESULT_AT + 16) : value;
  };
  return { call, memory };
}

/** Calls an instruction, or says "trap". */
export function outcome(prepared: Prepared, ...args: readonly Argument[]): Argument | "trap" | undefined {
  try {
    return prepared.call(...args);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return "trap";
    throw error;
  }
}

/** The scalar families, by type. */
export const SCALARS: Readonly<Record<Exclude<ValueType, "v128">, object>> = { i32, i64, f32, f64 };
