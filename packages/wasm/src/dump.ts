import type { Expression } from "./expression.ts";
import { FunctionBuilder } from "./function-builder.ts";
import type { FunctionHandle, MemoryLimits, ModuleBuilder } from "./module-builder.ts";
import type { Global } from "./variable.ts";

const WIDTH = 100;

/** Writes a module in the WebAssembly text format, one statement a line (more when it is long), blocks indented. */
export function dump(module: ModuleBuilder): string {
  const lines: string[] = [];
  const imports = module.functions.filter(({ source }) => !(source instanceof FunctionBuilder));
  for (const handle of imports) {
    const names = (handle.source as readonly string[]).map(quote).join(" ");
    lines.push(`(import ${names} (func $${handle.name}${signature(handle)}))`);
  }
  const { memory } = module;
  if (memory?.source) lines.push(`(import ${memory.source.map(quote).join(" ")} (memory ${limits(memory)}))`);
  else if (memory) lines.push(`(memory ${limits(memory)})`);
  for (const { global, initial } of module.globals) {
    const type = global.mutable ? `(mut ${global.type})` : global.type;
    lines.push(`(global ${global.text} ${type} ${folded(initial)})`);
  }
  for (const { name, target } of module.exports) lines.push(`(export ${quote(name)} ${exported(target)})`);
  for (const handle of module.functions) {
    if (handle.source instanceof FunctionBuilder) lines.push(...functionLines(handle, handle.source));
  }
  return ["(module", ...lines.map((line) => `  ${line}`), ")"].join("\n");
}

function functionLines(handle: FunctionHandle, builder: FunctionBuilder): string[] {
  const lines = [`(func $${handle.name}${signature(handle)}`];
  for (const { type, text } of builder.locals.slice(builder.parameterCount))
    lines.push(`  (local ${text} ${type})`);
  const open: string[] = [];
  const add = (text: string): number => lines.push("  ".repeat(open.length + 1) + text);
  for (const part of builder.code) {
    if (part.name === "end") {
      add(open.pop() === "if" ? "))" : ")");
    } else if (part.name === "else") {
      open.pop();
      add(") (else");
      open.push("if");
    } else if (part.name === "if") {
      add(`(if ${part.text} ${part.operands.map(folded).join(" ")} (then`);
      open.push("if");
    } else if (part.name === "block" || part.name === "loop") {
      add(`(${part.name} ${part.text}`);
      open.push(part.name);
    } else for (const line of wrapped(part)) add(line);
  }
  return [...lines, ")"];
}

function folded(part: Expression): string {
  return `(${[part.name, part.text, ...part.operands.map(folded)].filter((text) => text !== "").join(" ")})`;
}

function wrapped(part: Expression): string[] {
  const line = folded(part);
  if (line.length <= WIDTH || part.operands.length === 0) return [line];
  const operands = part.operands.flatMap(wrapped).map((text) => `  ${text}`);
  const head = part.text === "" ? part.name : `${part.name} ${part.text}`;
  return [`(${head}`, ...operands.slice(0, -1), `${operands.at(-1)})`];
}

function signature({ params, result }: FunctionHandle): string {
  const named = Object.entries(params).map(([name, type]) => ` (param $${name} ${type})`);
  return named.join("") + (result === "void" ? "" : ` (result ${result})`);
}

function exported(target: FunctionHandle | Global | "memory"): string {
  if (target === "memory") return "(memory 0)";
  return "kind" in target ? `(global ${target.text})` : `(func $${target.name})`;
}

function limits({ initial, maximum, shared = false }: MemoryLimits): string {
  return `${initial}${maximum === undefined ? "" : ` ${maximum}`}${shared ? " shared" : ""}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
