// Instructions are tables, as in the specification's index of instructions: a signature, and runs of mnemonics whose opcodes are
// consecutive. The functions and their TypeScript types are both read off the table.
import { AssemblyError } from "./errors.ts";
import {
  type Expression,
  expression,
  type Operand,
  type ResultType,
  toExpression,
  type ValueType,
} from "./expression.ts";
import { unsignedLeb128 } from "./leb128.ts";

/**
 * Signature to runs of instructions. A signature reads `operands immediates > result`; a run is `opcode name name …`.
 * Immediates: `mem2` an offset and an alignment of at most 2² bytes · `lane4` a lane below 4 · `lanes` 16 lanes of a shuffle · `zero` a zero byte.
 */
export type InstructionTable = Readonly<Record<string, readonly string[]>>;

type Split<S extends string> = S extends `${infer Head} ${infer Tail}` ? [Head, ...Split<Tail>] : [S];
type Key<Name extends string> = Name extends `${infer A}.${infer B}` ? `${A}_${B}` : Name;
type NamesOfRun<Run extends string> = Run extends `${string} ${infer Names}`
  ? Key<Split<Names>[number]>
  : never;
type NamesOf<Runs extends readonly string[]> = NamesOfRun<Runs[number]>;

type Argument<Token> = Token extends ValueType
  ? [operand: Operand<Token>]
  : Token extends `mem${string}`
    ? [offset?: number, align?: number]
    : Token extends `lane${number}`
      ? [lane: number]
      : Token extends "lanes"
        ? [lanes: readonly number[]]
        : [];
type Arguments<Tokens extends readonly string[]> = Tokens extends [infer Head, ...infer Tail extends string[]]
  ? [...Argument<Head>, ...Arguments<Tail>]
  : [];
type Maker<Signature> = Signature extends `${infer Takes} > ${infer Gives extends ResultType}`
  ? (...args: Arguments<Split<Takes>>) => Expression<Gives>
  : never;

/** The functions of a table: one for each mnemonic, with dots written as underscores (`rmw.add` is `rmw_add`). */
export type Instructions<Table extends InstructionTable> = {
  readonly [Name in NamesOf<Table[keyof Table]>]: Maker<
    { [Signature in keyof Table]: Name extends NamesOf<Table[Signature]> ? Signature : never }[keyof Table]
  >;
};

/** Makes the functions of a table; `prefix` is the part of the mnemonic before the dot. */
export function instructions<const Table extends InstructionTable>(
  prefix: string,
  table: Table,
): Instructions<Table> {
  const family: Record<string, unknown> = {};
  for (const [signature, runs] of Object.entries(table)) {
    const [takes = "", gives = "void"] = signature.split(" > ");
    for (const run of runs) {
      const [first, ...names] = run.split(" ");
      names.forEach((name, index) => {
        family[name.replace(".", "_")] = maker(
          `${prefix}.${name}`,
          Number(first) + index,
          takes.split(" "),
          gives,
        );
      });
    }
  }
  return family as Instructions<Table>;
}

function maker(
  name: string,
  opcode: number,
  tokens: string[],
  gives: string,
): (...args: unknown[]) => Expression {
  const takes = tokens.filter((token) => /^[ifv]\d/.test(token)) as ValueType[];
  const immediates = tokens.slice(takes.length).filter((token) => token !== "");
  const owner =
    immediates.some((token) => /^(mem|zero)/.test(token)) && !name.endsWith("fence") ? "memory" : undefined;
  const makeOperands = (args: readonly unknown[]): Expression[] =>
    takes.map((type, index) => toExpression(type, args[index], name));
  const result = gives as ResultType;
  if (immediates.length === 0)
    return (...args) => expression(result, name, opcode, takes, makeOperands(args));
  return (...args) => {
    const rest = args.slice(takes.length);
    let bytes: number[] = [];
    let text = "";
    for (const token of immediates) {
      const size = Number(token.replace(/\D+/, ""));
      if (token === "zero") bytes.push(0);
      else if (token.startsWith("mem")) {
        // Offset and alignment come last among our arguments, since they may be left out, and first in the encoding.
        const [offset = 0, align = 2 ** size] = rest as [number?, number?];
        bytes = [...memoryBytes(name, offset, align, size), ...bytes];
        text = `${offset === 0 ? "" : ` offset=${offset}`}${align === 2 ** size ? "" : ` align=${align}`}${text}`;
      } else {
        const lanes = token === "lanes" ? rest.shift() : [rest.shift()];
        bytes.push(...checkLanes(name, lanes, token === "lanes" ? 16 : 1, size || 32));
        text += ` ${bytes.join(" ")}`;
      }
    }
    return expression(result, name, opcode, takes, makeOperands(args), bytes, text.trim(), owner);
  };
}

function checkLanes(name: string, lanes: unknown, count: number, limit: number): readonly number[] {
  if (Array.isArray(lanes) && lanes.length === count) {
    if (lanes.every((lane) => Number.isInteger(lane) && lane >= 0 && lane < limit)) return lanes;
  }
  const remedy = `Pass ${count === 1 ? "a lane" : `${count} lanes`} from 0 to ${limit - 1}.`;
  throw new AssemblyError(name, `lanes [${String(lanes)}] do not fit`, remedy);
}

/** `size` is the base-2 logarithm of the bytes accessed. An alignment is a hint, which may be lower; atomics need it exact. */
function memoryBytes(name: string, offset: number, align: number, size: number): number[] {
  const power = Math.log2(align);
  if (!Number.isInteger(power) || power < 0 || power > size || (name.includes("atomic") && power !== size)) {
    const most = name.includes("atomic") ? "exactly" : "a power of two of at most";
    throw new AssemblyError(
      name,
      `alignment ${align} does not fit`,
      `Pass ${most} ${2 ** size} bytes, or leave it out.`,
    );
  }
  if (!Number.isInteger(offset) || offset < 0 || offset >= 2 ** 32) {
    throw new AssemblyError(
      name,
      `offset ${offset} does not fit`,
      "Pass an integer from 0 to 2³²−1; move the address for less.",
    );
  }
  return [...unsignedLeb128(power), ...unsignedLeb128(offset)];
}
