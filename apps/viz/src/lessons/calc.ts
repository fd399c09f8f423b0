/** Small calculations with the numbers of a state: `(exp(value logSoftmax[0, 5]) - 1) / 8`. */

/** A number that is computed. */
export type Calc =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "entry"; readonly ref: TensorRef }
  | { readonly kind: "over"; readonly name: OverName; readonly ref: TensorRef }
  | { readonly kind: "call"; readonly name: CallName; readonly of: Calc }
  | {
      readonly kind: "binary";
      readonly sign: "+" | "-" | "*" | "/";
      readonly left: Calc;
      readonly right: Calc;
    };

/** Entries of a node's value or adjoint. */
export interface TensorRef {
  readonly quantity: "value" | "adjoint";
  /** A leaf's or constant's name; or an op's, with its module and its place among several: `add@2`, `constant#1`. */
  readonly node: string;
  /** One position for each axis, null for all of it; null where the whole tensor is meant. */
  readonly index: readonly (number | null)[] | null;
}

/** Functions of one number. */
export type CallName = "exp" | "ln" | "abs" | "sqrt" | "neg";
/** Functions of many entries: their sum, √Σx², their number, and how many are 0; the largest and the mean. */
export type OverName = "sum" | "norm" | "size" | "zeros" | "max" | "mean";

const callNames: readonly string[] = ["exp", "ln", "abs", "sqrt"] satisfies CallName[];
const overNames: readonly string[] = ["sum", "norm", "size", "zeros", "max", "mean"] satisfies OverName[];

/** A calculation cannot be read. */
export class CalcError extends Error {}

/**
 * Reads a calculation: `+ - * / ( )`, numbers, functions, and entries such as `adjoint 2.weight[5, 6]`.
 *
 * @throws {CalcError} naming what was expected and what stands there.
 */
export function parseCalc(text: string): Calc {
  const reader = new CalcReader(text);
  const calc = reader.sum();
  reader.expectEnd();
  return calc;
}

/** Reads entries alone: `value images[0, :]`. @throws {CalcError} */
export function parseRef(text: string): TensorRef {
  const reader = new CalcReader(text);
  const ref = reader.ref();
  reader.expectEnd();
  return ref;
}

/** Reads by descent, one function a level of precedence. */
class CalcReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  sum(): Calc {
    let left = this.#product();
    for (let sign = this.#take(/[+-]/y); sign !== null; sign = this.#take(/[+-]/y)) {
      left = { kind: "binary", sign: sign === "+" ? "+" : "-", left, right: this.#product() };
    }
    return left;
  }

  #product(): Calc {
    let left = this.#factor();
    for (let sign = this.#take(/[*/]/y); sign !== null; sign = this.#take(/[*/]/y)) {
      left = { kind: "binary", sign: sign === "*" ? "*" : "/", left, right: this.#factor() };
    }
    return left;
  }

  #factor(): Calc {
    if (this.#take(/-/y) !== null) return { kind: "call", name: "neg", of: this.#factor() };
    if (this.#take(/\(/y) !== null) return this.#closed(this.sum());
    const constant = this.#take(/\d+(\.\d+)?(e[+-]?\d+)?/y);
    if (constant !== null) return { kind: "constant", value: Number(constant) };
    if (/^\s*(value|adjoint)\s/.test(this.#text.slice(this.#at))) return { kind: "entry", ref: this.ref() };
    const name = this.#take(/[a-z]+/y);
    if (name === null) throw this.#expected("a number, a function, value or adjoint");
    if (this.#take(/\(/y) === null) throw this.#expected(`( behind ${name}`);
    if (callNames.includes(name))
      return this.#closed({ kind: "call", name: name as CallName, of: this.sum() });
    if (overNames.includes(name))
      return this.#closed({ kind: "over", name: name as OverName, ref: this.ref() });
    throw new CalcError(`${name} is no function; there are ${[...callNames, ...overNames].join(", ")}`);
  }

  #closed(calc: Calc): Calc {
    if (this.#take(/\)/y) === null) throw this.#expected(")");
    return calc;
  }

  ref(): TensorRef {
    const quantity = this.#take(/value|adjoint/y);
    if (quantity === null) throw this.#expected("value or adjoint");
    const node = this.#take(/[\w.]+(@[\w.]+)?(#\d+)?/y);
    if (node === null) throw this.#expected("a node");
    return { quantity: quantity === "value" ? "value" : "adjoint", node, index: this.#index() };
  }

  #index(): (number | null)[] | null {
    if (this.#take(/\[/y) === null) return null;
    const index: (number | null)[] = [];
    do {
      const position = this.#take(/\d+|:/y);
      if (position === null) throw this.#expected("a position or :");
      index.push(position === ":" ? null : Number(position));
    } while (this.#take(/,/y) !== null);
    if (this.#take(/\]/y) === null) throw this.#expected("]");
    return index;
  }

  expectEnd(): void {
    if (this.#text.slice(this.#at).trim() !== "") throw this.#expected("the end");
  }

  /** The text that matches here, behind spaces; null and nothing read if there is none. */
  #take(pattern: RegExp): string | null {
    const spaces = /\s*/y;
    spaces.lastIndex = this.#at;
    spaces.test(this.#text);
    pattern.lastIndex = spaces.lastIndex;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #expected(what: string): CalcError {
    const rest = this.#text.slice(this.#at).trim();
    return new CalcError(
      `expected ${what}, found ${rest === "" ? "the end" : `"${rest}"`} in "${this.#text}"`,
    );
  }
}
