import { encodeModule } from "./encode.ts";
import { AssemblyError } from "./errors.ts";
import {
  type Expression,
  expression,
  type Literal,
  type Operand,
  type ResultType,
  toExpression,
  type ValueType,
} from "./expression.ts";
import { FunctionBuilder } from "./function-builder.ts";
import { unsignedLeb128 } from "./leb128.ts";
import type { Global, Local } from "./variable.ts";

/** Parameters by name, in order. */
export type Parameters = Readonly<Record<string, ValueType>>;

/** A function that can be called and exported. */
export interface FunctionHandle<P extends Parameters = Parameters, R extends ResultType = ResultType> {
  readonly name: string;
  readonly params: P;
  readonly result: R;
  readonly index: number;
  readonly module: ModuleBuilder;
  /** The import's two names, or the body. */
  readonly source: readonly [module: string, name: string] | FunctionBuilder;
}

/** A memory's size in pages of 64 KiB; a shared one needs a maximum. */
export interface MemoryLimits {
  readonly initial: number;
  readonly maximum?: number;
  readonly shared?: boolean;
}

/** A module's memory and where it comes from. */
export interface MemoryDeclaration extends MemoryLimits {
  /** The two names of an imported memory. */
  readonly source?: readonly [module: string, name: string];
}

/** What a function's body gives back: an expression of the result's type, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: it is the return type of a callback, which may call a void function last.
export type Body<R extends ResultType> = R extends ValueType ? Operand<R> : void;

/** The locals of a function's parameters, under their names. */
export type ParameterLocals<P extends Parameters> = { readonly [Name in keyof P]: Local<P[Name]> };

/** Puts a WebAssembly module together: a memory, globals, functions and exports; `toBytes` encodes it. */
export class ModuleBuilder {
  readonly functions: FunctionHandle[] = [];
  readonly globals: { readonly global: Global; readonly initial: Expression }[] = [];
  readonly exports: { readonly name: string; readonly target: FunctionHandle | Global | "memory" }[] = [];
  #memory: MemoryDeclaration | undefined;

  /** The memory, if one was declared. */
  get memory(): MemoryDeclaration | undefined {
    return this.#memory;
  }

  /**
   * Declares the memory of the module's own, or with `source` an imported one. A module has at most one.
   * @throws AssemblyError when there is one already, the limits do not fit, or a shared one has no maximum
   */
  setMemory(declaration: MemoryDeclaration): void {
    const { initial, maximum, shared = false } = declaration;
    const fits = (pages: number): boolean => Number.isInteger(pages) && pages >= 0 && pages <= 65536;
    if (this.#memory)
      throw new AssemblyError("memory", "the module has one already", "Declare the memory once.");
    if (!fits(initial) || (maximum !== undefined && (!fits(maximum) || maximum < initial))) {
      const problem = `limits do not fit: initial ${initial}, maximum ${maximum}`;
      throw new AssemblyError("memory", problem, "Pass pages of 64 KiB, 0 ≤ initial ≤ maximum ≤ 65536.");
    }
    if (shared && maximum === undefined) {
      throw new AssemblyError(
        "memory",
        "a shared memory has no maximum",
        "Pass maximum: it is reserved at once.",
      );
    }
    this.#memory = declaration;
  }

  /** Adds a global variable; literals start it. */
  global<T extends ValueType>(name: string, type: T, initial: Literal<T>, mutable = false): Global<T> {
    const bytes = unsignedLeb128(this.globals.length);
    const get = expression(type, "global.get", 0x23, [], [], bytes, `$${name}`, this);
    const global: Global<T> = { ...get, kind: "global", mutable };
    this.globals.push({ global, initial: toExpression(type, initial, "global") });
    return global;
  }

  /**
   * Declares a function that comes from outside; `source` is the import's two names.
   * @throws AssemblyError when a function with a body was added before, since imports are numbered first
   */
  importFunction<const P extends Parameters, R extends ResultType>(
    source: readonly [module: string, name: string],
    params: P,
    result: R,
  ): FunctionHandle<P, R> {
    if (this.functions.some((handle) => handle.source instanceof FunctionBuilder)) {
      const problem = `${source.join(".")} is imported after functions were added`;
      throw new AssemblyError("importFunction", problem, "Import functions first: they are numbered first.");
    }
    return this.#add({ name: source[1], params, result, index: this.functions.length, module: this, source });
  }

  /**
   * Adds a function. The body runs at once: it appends statements to the builder, and returns the result.
   * `m.func("add", { a: "f32", b: "f32" }, "f32", (f, { a, b }) => f32.add(a, b))`
   * @throws AssemblyError when the body is put together wrongly
   */
  func<const P extends Parameters, R extends ResultType>(
    name: string,
    params: P,
    result: R,
    body: (f: FunctionBuilder, params: ParameterLocals<P>, self: FunctionHandle<P, R>) => Body<NoInfer<R>>,
  ): FunctionHandle<P, R> {
    const builder = new FunctionBuilder(name, this, params, result);
    const handle = { name, params, result, index: this.functions.length, module: this, source: builder };
    const locals = Object.fromEntries(Object.keys(params).map((key, index) => [key, builder.locals[index]]));
    // The index is taken before the body runs, so that a function can call itself.
    this.#add(handle);
    try {
      builder.finish(body(builder, locals as ParameterLocals<P>, handle));
    } catch (error) {
      this.functions.length = handle.index;
      throw error;
    }
    return handle;
  }

  /**
   * Exports a function or a global, or the memory, under a name.
   * @throws AssemblyError when the name is taken, or there is no memory yet
   */
  export(name: string, target: FunctionHandle | Global | "memory"): void {
    if (this.exports.some((entry) => entry.name === name)) {
      throw new AssemblyError("export", `the name ${name} is taken`, "Export each name once.");
    }
    if (target === "memory" && !this.memory) {
      throw new AssemblyError("export", "the module has no memory", "Declare it first with setMemory.");
    }
    this.exports.push({ name, target });
  }

  /** Encodes the module in the binary format, ready for `new WebAssembly.Module`. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return encodeModule(this);
  }

  #add<H extends FunctionHandle>(handle: H): H {
    this.functions.push(handle);
    return handle;
  }
}

/**
 * Calls a function of the same module with arguments by name.
 * @throws AssemblyError when an argument is missing or unknown
 */
export function call<P extends Parameters, R extends ResultType>(
  target: FunctionHandle<P, R>,
  args: { readonly [Name in keyof P]: Operand<P[Name]> },
): Expression<R> {
  const given: Readonly<Record<string, unknown>> = args;
  const names = Object.keys(target.params);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new AssemblyError(
      "call",
      `${target.name} has no parameter ${unknown}`,
      `Its parameters are ${names.join(", ")}.`,
    );
  }
  const operands = names.map((name) => toExpression(target.params[name] as ValueType, given[name], "call"));
  const takes = Object.values(target.params);
  const text = `$${target.name}`;
  return expression(
    target.result,
    "call",
    0x10,
    takes,
    operands,
    unsignedLeb128(target.index),
    text,
    target.module,
  );
}
