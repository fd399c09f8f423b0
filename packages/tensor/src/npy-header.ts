/** The header of a .npy file: a Python dict of three keys, read letter by letter and never evaluated. */
import { FormatError } from "./errors.ts";

/** What a .npy header says. */
export interface NpyHeader {
  /** Byte order and type code, for example `<f4`. */
  readonly descr: string;
  /** True if the first axis runs fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/**
 * Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`, its keys in any order.
 *
 * @throws {FormatError} if the text is anything else; a dtype with fields (a list) is refused as such.
 */
export function parseNpyHeader(text: string): NpyHeader {
  const scanner = { text, at: 0 };
  const found = new Map<string, string | boolean | readonly number[]>();
  take(scanner, /\{/y, "{");
  while (!tryTake(scanner, /\}/y)) {
    const key = take(scanner, /'(\w+)'|"(\w+)"/y, "a key in quotes");
    take(scanner, /:/y, ":");
    if (found.has(key)) fail(`the key '${key}' stands twice`);
    found.set(key, value(scanner, key));
    if (!tryTake(scanner, /,/y)) {
      take(scanner, /\}/y, "} or a comma");
      break;
    }
  }
  if (text.slice(scanner.at).trim() !== "") fail(`something follows the dict: ${excerpt(scanner)}`);
  const { descr, fortran_order: fortranOrder, shape, ...others } = Object.fromEntries(found);
  const known = typeof descr === "string" && typeof fortranOrder === "boolean" && Array.isArray(shape);
  if (!known || Object.keys(others).length > 0)
    fail(`its keys are ${[...found.keys()].join(", ") || "missing"}`);
  return { descr, fortranOrder, shape };
}

interface Scanner {
  readonly text: string;
  at: number;
}

function value(scanner: Scanner, key: string): string | boolean | readonly number[] {
  if (key === "descr") {
    if (tryTake(scanner, /\[/y)) {
      const remedy = "Save each field as an array of its own.";
      throw new FormatError("decodeNpy", "the file holds records with fields.", remedy);
    }
    return take(scanner, /'([^']*)'|"([^"]*)"/y, "a type in quotes");
  }
  if (key === "fortran_order") return take(scanner, /(True|False)/y, "True or False") === "True";
  if (key === "shape") return axes(scanner);
  return fail(`the key '${key}' is unknown`);
}

/** A tuple of whole numbers; Python 2 wrote an L behind them. */
function axes(scanner: Scanner): readonly number[] {
  const shape: number[] = [];
  take(scanner, /\(/y, "(");
  while (!tryTake(scanner, /\)/y)) {
    const size = Number(take(scanner, /(\d+)L?/y, "a whole number"));
    if (!Number.isSafeInteger(size)) fail(`axis ${shape.length} of the shape is ${size}`);
    shape.push(size);
    if (!tryTake(scanner, /,/y)) {
      take(scanner, /\)/y, ") or a comma");
      break;
    }
  }
  if (!Number.isSafeInteger(shape.reduce((product, size) => product * size, 1))) {
    fail(`the shape [${shape.join(", ")}] holds too many elements`);
  }
  return shape;
}

/** What `pattern` (sticky) captures after white space; null if it does not stand there. */
function tryTake(scanner: Scanner, pattern: RegExp): string | null {
  while (/\s/.test(scanner.text.charAt(scanner.at))) scanner.at++;
  pattern.lastIndex = scanner.at;
  const match = pattern.exec(scanner.text);
  if (match === null) return null;
  scanner.at = pattern.lastIndex;
  return match[1] ?? match[2] ?? match[0];
}

function take(scanner: Scanner, pattern: RegExp, what: string): string {
  return tryTake(scanner, pattern) ?? fail(`expected ${what} and found ${excerpt(scanner)}`);
}

function excerpt(scanner: Scanner): string {
  const rest = scanner.text.slice(scanner.at, scanner.at + 20).trim();
  return rest === "" ? "the end" : JSON.stringify(rest);
}

function fail(what: string): never {
  throw new FormatError(
    "decodeNpy",
    `the header is malformed: ${what}.`,
    "Write the file again with numpy.save or encodeNpy.",
  );
}
