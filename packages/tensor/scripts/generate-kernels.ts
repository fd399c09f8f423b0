/**
 * Writes src/cpu/kernels.ts: a loop of its own for each op and dtype.
 *
 * V8 keeps type feedback per function literal: one `map(fn)` over all ops and dtypes goes megamorphic and runs several
 * times slower than a loop whose arrays and operation never change (docs/decisions/0011). The loops differ only in an
 * expression and in array types, so a table of expressions makes them. Run `npx tsx` on this file after a change;
 * a test fails when the file and this table disagree.
 */

import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const arrays = { float32: "Float32Array", float64: "Float64Array", int32: "Int32Array", uint8: "Uint8Array" };
type Element = keyof typeof arrays;
const elements = Object.keys(arrays) as Element[];
const floats: Element[] = ["float32", "float64"];

/** f(x) over floats; x is a JavaScript number, and storing it rounds once. */
const floatUnary: Record<string, string> = {
  neg: "-x",
  abs: "Math.abs(x)",
  sign: "x > 0 ? 1 : x < 0 ? -1 : 0",
  floor: "Math.floor(x)",
  ceil: "Math.ceil(x)",
  round: "roundHalfEven(x)",
  sqrt: "Math.sqrt(x)",
  rsqrt: "1 / Math.sqrt(x)",
  cbrt: "Math.cbrt(x)",
  exp: "Math.exp(x)",
  expm1: "Math.expm1(x)",
  log: "Math.log(x)",
  log1p: "Math.log1p(x)",
  log2: "Math.log2(x)",
  log10: "Math.log10(x)",
  sin: "Math.sin(x)",
  cos: "Math.cos(x)",
  tan: "Math.tan(x)",
  asin: "Math.asin(x)",
  acos: "Math.acos(x)",
  atan: "Math.atan(x)",
  sinh: "Math.sinh(x)",
  cosh: "Math.cosh(x)",
  tanh: "Math.tanh(x)",
  asinh: "Math.asinh(x)",
  acosh: "Math.acosh(x)",
  atanh: "Math.atanh(x)",
  erf: "erf(x)",
  erfc: "erfc(x)",
  sigmoid: "1 / (1 + Math.exp(-x))",
  softplus: "Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))",
  normalQuantile: "normalQuantile(x)",
};
const integerUnary: Record<string, string> = {
  neg: "-x",
  abs: "Math.abs(x)",
  sign: "Math.sign(x)",
  floor: "x",
  ceil: "x",
  round: "x",
  relu: "x > 0 ? x : 0",
};
/** max(x, 0) by the bits of a float32, for the sign is random and a branch on it goes wrong half of the time. NaN stays. */
const reluBits = "(x & 0x7fffffff) > 0x7f800000 ? x : x & ~(x >> 31)";
/** f(x) as bool. */
const testUnary: Record<string, string> = { isnan: "Number(x !== x)", isfinite: "Number(x - x === 0)" };

const floatBinary: Record<string, string> = {
  add: "x + y",
  sub: "x - y",
  mul: "x * y",
  div: "x / y",
  pow: "power(x, y)",
  maximum: "Math.max(x, y)",
  minimum: "Math.min(x, y)",
  remainder: "floorRemainder(x, y)",
  atan2: "Math.atan2(x, y)",
  hypot: "Math.hypot(x, y)",
};
const int32Binary: Record<string, string> = {
  add: "x + y",
  sub: "x - y",
  mul: "Math.imul(x, y)",
  pow: "integerPower(x, y)",
  maximum: "x > y ? x : y",
  minimum: "x < y ? x : y",
  remainder: "floorRemainder(x, y)",
  shiftRight: "x >>> y",
};
const uint8Binary: Record<string, string> = {
  add: "x + y",
  sub: "x - y",
  mul: "x * y",
  pow: "integerPower(x, y)",
  maximum: "x > y ? x : y",
  minimum: "x < y ? x : y",
  remainder: "floorRemainder(x, y)",
  and: "x & y",
  or: "x | y",
  xor: "x ^ y",
};
const comparisons: Record<string, string> = {
  equal: "Number(x === y)",
  notEqual: "Number(x !== y)",
  less: "Number(x < y)",
  lessEqual: "Number(x <= y)",
};

/** Folds of one line of elements: where they start, and what each element does to `acc`. */
const folds: Record<string, { start: string; steps: Partial<Record<Element, string>> }> = {
  prod: { start: "1", steps: { float32: "acc *= x", float64: "acc *= x", int32: "acc = Math.imul(acc, x)" } },
  max: { start: "-Infinity", steps: everywhere("acc = Math.max(acc, x)") },
  min: { start: "Infinity", steps: everywhere("acc = Math.min(acc, x)") },
};

function everywhere(step: string): Record<Element, string> {
  return { float32: step, float64: step, int32: step, uint8: step };
}

const out: string[] = [];
const name = (op: string, element: Element): string => op + element[0]?.toUpperCase() + element.slice(1);

function unaryLoop(fn: string, from: string, to: string, expression: string): void {
  out.push(`function ${fn}(a: ${from}, out: ${to}, rows: number, columns: number, start: number, down: number, right: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      out[o++] = ${expression};
      p += right;
    }
  }
}
`);
}

function binaryLoop(fn: string, from: string, to: string, expression: string): void {
  out.push(`function ${fn}(a: ${from}, b: ${from}, out: ${to}, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      const y = b[q]!;
      out[o++] = ${expression};
      p += rightA;
      q += rightB;
    }
  }
}
`);
}

function table(
  constant: string,
  type: string,
  keys: string,
  rows: Record<string, Partial<Record<Element, string>>>,
): void {
  out.push(
    `/** By op and element. */\nexport const ${constant}: Partial<Record<${keys}, Partial<Record<Element, ${type}>>>> = {`,
  );
  for (const [op, row] of Object.entries(rows)) {
    out.push(
      `  ${op}: { ${Object.entries(row)
        .map(([element, fn]) => `${element}: ${fn}`)
        .join(", ")} },`,
    );
  }
  out.push("};\n");
}

/** The whole of src/cpu/kernels.ts. */
export function generateKernels(): string {
  out.length = 0;
  out.push(`// Made by scripts/generate-kernels.ts; change that, not this.
import type { BinaryOp, UnaryOp } from "../backend.ts";
import type { TypedArray } from "../dtype.ts";
import { erf, erfc } from "./error-function.ts";
import { floorRemainder, integerPower, normalQuantile, power, roundHalfEven } from "./scalar-math.ts";

/** The element types that have loops; bool runs as uint8. */
export type Element = "float32" | "float64" | "int32" | "uint8";
// Method types are bivariant in their arguments: a loop over Float32Array stands in a table of loops over any array,
// and the backend looks it up by the element that the array has.
/** A loop over rows × columns of one strided operand; writes contiguously from o. */
export type UnaryKernel = {
  run(a: TypedArray, out: TypedArray, rows: number, columns: number, start: number, down: number, right: number, o: number): void;
}["run"];
/** A loop over rows × columns of two strided operands; writes contiguously from o. */
export type BinaryKernel = {
  run(a: TypedArray, b: TypedArray, out: TypedArray, rows: number, columns: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void;
}["run"];
/** Folds \`length\` elements from p on, right apart, into one number. */
export type FoldKernel = { run(a: TypedArray, p: number, length: number, right: number, acc: number): number }["run"];
/** Writes rows × columns elements of a to out, both strided. */
export type CopyKernel = {
  run(a: TypedArray, out: TypedArray, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number, factor: number, decay: number): void;
}["run"];
/** Updates all of out from a. */
export type FlatUpdateKernel = { run(a: TypedArray, out: TypedArray, factor: number, decay: number): void }["run"];
/** Picks a or b by condition over rows × columns; writes contiguously from o. */
export type SelectKernel = {
  run(c: Uint8Array, a: TypedArray, b: TypedArray, out: TypedArray, rows: number, columns: number, startC: number, downC: number, rightC: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void;
}["run"];
`);
  const unaries: Record<string, Partial<Record<Element, string>>> = {};
  const binaries: Record<string, Partial<Record<Element, string>>> = {};
  const note = (tables: typeof unaries, op: string, element: Element): string => {
    const fn = name(op, element);
    tables[op] = { ...tables[op], [element]: fn };
    return fn;
  };
  for (const element of floats) {
    for (const [op, expression] of Object.entries(floatUnary)) {
      unaryLoop(note(unaries, op, element), arrays[element], arrays[element], expression);
    }
    for (const [op, expression] of Object.entries(floatBinary)) {
      binaryLoop(note(binaries, op, element), arrays[element], arrays[element], expression);
    }
  }
  for (const element of ["int32", "uint8"] as const) {
    for (const [op, expression] of Object.entries(integerUnary)) {
      unaryLoop(note(unaries, op, element), arrays[element], arrays[element], expression);
    }
    for (const [op, expression] of Object.entries(element === "int32" ? int32Binary : uint8Binary)) {
      binaryLoop(note(binaries, op, element), arrays[element], arrays[element], expression);
    }
  }
  for (const element of elements) {
    for (const [op, expression] of Object.entries(testUnary)) {
      unaryLoop(note(unaries, op, element), arrays[element], "Uint8Array", expression);
    }
    for (const [op, expression] of Object.entries(comparisons)) {
      binaryLoop(note(binaries, op, element), arrays[element], "Uint8Array", expression);
    }
  }
  unaryLoop("reluBits", "Int32Array", "Int32Array", reluBits);
  unaryLoop(note(unaries, "relu", "float64"), "Float64Array", "Float64Array", "x > 0 || x !== x ? x : 0");
  unaries.relu = { float32: "reluBits", ...unaries.relu };
  for (const element of ["int32", "uint8"] as const) {
    binaryLoop(note(binaries, "div", element), arrays[element], "Float32Array", "x / y");
  }
  unaryLoop(note(unaries, "not", "uint8"), "Uint8Array", "Uint8Array", "Number(x === 0)");
  table("unaryKernels", "UnaryKernel", "UnaryOp", unaries);
  table("binaryKernels", "BinaryKernel", "BinaryOp", binaries);
  foldLoops();
  copyLoops();
  selectLoops();
  return `${out.join("\n")}`;
}

function foldLoops(): void {
  const rows: Record<string, Partial<Record<Element, string>>> = {};
  for (const [op, fold] of Object.entries(folds)) {
    for (const element of elements) {
      const step = fold.steps[element];
      if (step === undefined) continue;
      const fn = name(op, element);
      rows[op] = { ...rows[op], [element]: fn };
      out.push(`function ${fn}(a: ${arrays[element]}, p: number, length: number, right: number, acc: number): number {
  for (let j = 0; j < length; j++) {
    const x = a[p]!;
    ${step};
    p += right;
  }
  return acc;
}
`);
    }
  }
  for (const [op, sign] of [
    ["argmax", ">"],
    ["argmin", "<"],
  ] as const) {
    for (const element of elements) {
      const fn = name(op, element);
      rows[op] = { ...rows[op], [element]: fn };
      // The first of equals wins; a NaN wins over everything, and the first NaN over later ones.
      const nan = floats.includes(element) ? " || (x !== x && best === best)" : "";
      out.push(`function ${fn}(a: ${arrays[element]}, p: number, length: number, right: number): number {
  let best = a[p]!;
  let at = 0;
  for (let j = 1; j < length; j++) {
    p += right;
    const x = a[p]!;
    if (x ${sign} best${nan}) {
      best = x;
      at = j;
    }
  }
  return at;
}
`);
    }
  }
  table("foldKernels", "FoldKernel", '"prod" | "max" | "min" | "argmax" | "argmin"', rows);
  out.push("/** Where each fold starts. */");
  out.push(
    `export const foldStart: Record<"prod" | "max" | "min", number> = { ${Object.entries(folds)
      .map(([op, fold]) => `${op}: ${fold.start}`)
      .join(", ")} };\n`,
  );
}

function copyLoops(): void {
  const loop = (fn: string, from: string, to: string, statement: string, extra = ""): void => {
    out.push(`function ${fn}(a: ${from}, out: ${to}, rows: number, columns: number, start: number, down: number, right: number, o: number, downOut: number, rightOut: number${extra}): void {
  for (let i = 0; i < rows; i++) {
    let p = start + i * down;
    let q = o + i * downOut;
    for (let j = 0; j < columns; j++) {
      const x = a[p]!;
      ${statement};
      p += right;
      q += rightOut;
    }
  }
}
`);
  };
  const casts: string[] = [];
  for (const from of elements) {
    const row: string[] = [];
    for (const to of elements) {
      const fn = `cast${name("", from)}To${name("", to)}`;
      loop(fn, arrays[from], arrays[to], "out[q] = x");
      row.push(`${to}: ${fn}`);
    }
    const truth = `cast${name("", from)}ToBool`;
    loop(truth, arrays[from], "Uint8Array", "out[q] = Number(x !== 0)");
    casts.push(`  ${from}: { ${row.join(", ")}, bool: ${truth} },`);
  }
  out.push(
    `/** By the elements read and written; bool is x ≠ 0. */\nexport const castKernels: Record<Element, Record<Element | "bool", CopyKernel>> = {\n${casts.join("\n")}\n};\n`,
  );
  const rows: string[] = [];
  for (const [mode, sign] of Object.entries(updateSigns)) {
    const fns = elements.map((element) => {
      const fn = name(`${mode}Into`, element);
      const update = `decay * out[q]! ${sign} factor * x`;
      loop(fn, arrays[element], arrays[element], `out[q] = ${update}`, ", factor: number, decay: number");
      return `${element}: ${fn}`;
    });
    rows.push(`  ${mode}: { ${fns.join(", ")} },`);
  }
  const products = elements.map((element) => {
    const fn = name("mulInto", element);
    const product = element === "int32" ? "Math.imul(out[q]!, x)" : "out[q]! * x";
    loop(fn, arrays[element], arrays[element], `out[q] = ${product}`);
    return `${element}: ${fn}`;
  });
  rows.push(`  mul: { ${products.join(", ")} },`);
  out.push(
    `/** decay·out ± factor·a, and out · a, by element. */\nexport const updateKernels: Record<"add" | "sub" | "mul", Record<Element, CopyKernel>> = {\n${rows.join("\n")}\n};\n`,
  );
  flatUpdates();
}

/** How an update by assignment meets its target. */
const updateSigns = { add: "+", sub: "-" };

/** The updates of whole float arrays, as optimizers make them: loops whose bounds V8 checks once. */
function flatUpdates(): void {
  const rows: string[] = [];
  for (const [mode, sign] of Object.entries(updateSigns)) {
    const fns = floats.map((element) => {
      const fn = name(`${mode}All`, element);
      out.push(`function ${fn}(a: ${arrays[element]}, out: ${arrays[element]}, factor: number, decay: number): void {
  for (let i = 0; i < out.length; i++) out[i] = decay * out[i]! ${sign} factor * a[i]!;
}
`);
      return `${element}: ${fn}`;
    });
    rows.push(`  ${mode}: { ${fns.join(", ")} },`);
  }
  out.push(
    `/** decay·out ± factor·a over arrays of one length. */\nexport const flatUpdateKernels: Record<"add" | "sub", Record<"float32" | "float64", FlatUpdateKernel>> = {\n${rows.join("\n")}\n};\n`,
  );
}

function selectLoops(): void {
  const rows: string[] = [];
  // Masks rather than a branch, which goes wrong half of the time on random signs. Float32 runs as int32, by its bits.
  const masked = "const mask = -Number(c[r]! !== 0);\n      out[o++] = (a[p]! & mask) | (b[q]! & ~mask);";
  const branched = "out[o++] = c[r]! !== 0 ? a[p]! : b[q]!;";
  for (const element of elements) {
    if (element === "float32") continue;
    const statement = element === "float64" ? branched : masked;
    const fn = name("select", element);
    rows.push(`  ${element}: ${fn},`);
    out.push(`function ${fn}(c: Uint8Array, a: ${arrays[element]}, b: ${arrays[element]}, out: ${arrays[element]}, rows: number, columns: number, startC: number, downC: number, rightC: number, startA: number, downA: number, rightA: number, startB: number, downB: number, rightB: number, o: number): void {
  for (let i = 0; i < rows; i++) {
    let r = startC + i * downC;
    let p = startA + i * downA;
    let q = startB + i * downB;
    for (let j = 0; j < columns; j++) {
      ${statement}
      r += rightC;
      p += rightA;
      q += rightB;
    }
  }
}
`);
  }
  out.push(
    `/** By element. */\nexport const selectKernels: Record<Exclude<Element, "float32">, SelectKernel> = {\n${rows.join("\n")}\n};\n`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(new URL("../src/cpu/kernels.ts", import.meta.url), generateKernels());
}
