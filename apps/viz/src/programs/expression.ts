/**
 * Scalar expressions, as in micrograd: `a = 2; b = -3; c = 10; f = -2; (a*b + c) * f`.
 *
 * Read by descent, one function a level of precedence. Nothing is evaluated but the operations named here.
 */
import {
  add,
  cos,
  div,
  exp,
  log,
  mul,
  neg,
  pow,
  relu,
  sigmoid,
  sin,
  sqrt,
  sub,
  tanh,
  type Variable,
  variable,
} from "@adjoint/autograd";
import type { Program } from "./program.ts";

/** The expression cannot be read; `position` counts characters from 0. */
export class ExpressionError extends Error {
  readonly position: number;

  constructor(what: string, position: number, remedy: string) {
    super(`[expression] ${what} at character ${position + 1}. ${remedy}`);
    this.name = "ExpressionError";
    this.position = position;
  }
}

const functions = { cos, exp, log, relu, sigmoid, sin, sqrt, tanh } as const;

/** The functions that an expression may call. */
export const functionNames: readonly string[] = Object.keys(functions);

const maximalLength = 2000;
const maximalNesting = 100;

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly position: number;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|([a-z][a-z0-9]*)|(\*\*|[-+*/^()=;]))/giy;
  let end = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    end = pattern.lastIndex;
    const [, number, name, sign] = found;
    const kind = number !== undefined ? "number" : name !== undefined ? "name" : "sign";
    const token = number ?? name ?? sign ?? "";
    tokens.push({ kind, text: token, position: end - token.length });
  }
  const rest = text.slice(end).search(/\S/);
  if (rest >= 0) {
    const what = `"${text[end + rest]}" is not understood`;
    throw new ExpressionError(what, end + rest, "Use numbers, names, + - * / ^ ( ) = and ;");
  }
  return [...tokens, { kind: "end", text: "the end", position: text.length }];
}

/** Reads an expression; a new reader for each time that it is computed, so that each has a tape of its own. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #leaves: Map<string, Variable>;
  readonly #results: Map<string, Variable> = new Map();
  #at = 0;
  #nesting = 0;
  /** Where the operator or the function stands that was applied last; counts characters from 0. */
  applied = 0;

  constructor(tokens: readonly Token[], leaves: Map<string, Variable>) {
    this.#tokens = tokens;
    this.#leaves = leaves;
  }

  /** The value of the last statement. */
  statements(): Variable {
    for (;;) {
      const value = this.#statement();
      while (this.#take(";"));
      const next = this.#next();
      if (next.kind === "end") return value;
    }
  }

  #statement(): Variable {
    const [name, equals] = [this.#next(), this.#tokens[this.#at + 1]];
    if (name.kind !== "name" || equals?.text !== "=") {
      const value = this.#sum();
      this.#expectEnd();
      return value;
    }
    this.#at += 2;
    const value = this.#sum();
    this.#expectEnd();
    // A number that is given a name is an input, whose gradient is asked for.
    const constant = value.requiresGrad ? null : value.item();
    const named = constant === null ? value : this.#leaf(name.text, Number(constant));
    this.#results.set(name.text, named);
    return named;
  }

  #leaf(name: string, value: number): Variable {
    const known = this.#leaves.get(name);
    if (known !== undefined) return known;
    const leaf = variable(value, { dtype: "float64" });
    this.#leaves.set(name, leaf);
    return leaf;
  }

  #sum(): Variable {
    let value = this.#product();
    for (;;) {
      const { position } = this.#next();
      if (this.#take("+")) value = this.#apply(position, add, value, this.#product());
      else if (this.#take("-")) value = this.#apply(position, sub, value, this.#product());
      else return value;
    }
  }

  #product(): Variable {
    let value = this.#signed();
    for (;;) {
      const { position } = this.#next();
      if (this.#take("*")) value = this.#apply(position, mul, value, this.#signed());
      else if (this.#take("/")) value = this.#apply(position, div, value, this.#signed());
      else return value;
    }
  }

  #apply(position: number, op: (a: Variable, b: Variable) => Variable, a: Variable, b: Variable): Variable {
    this.applied = position;
    return op(a, b);
  }

  #signed(): Variable {
    const { position } = this.#next();
    if (!this.#take("-")) return this.#power();
    const { kind, text } = this.#next();
    const following = this.#tokens[this.#at + 1]?.text ?? "";
    if (kind === "number" && following !== "^" && following !== "**") {
      this.#at++;
      return number(-Number(text));
    }
    const value = this.#deeper(() => this.#signed());
    this.applied = position;
    return neg(value);
  }

  #power(): Variable {
    const base = this.#atom();
    const { position } = this.#next();
    if (!this.#take("^") && !this.#take("**")) return base;
    const exponent = this.#deeper(() => this.#signed());
    return this.#apply(position, pow, base, exponent);
  }

  #atom(): Variable {
    const token = this.#next();
    this.#at++;
    if (token.kind === "number") return number(Number(token.text));
    if (token.text === "(") return this.#inParentheses();
    if (token.kind === "name" && this.#take("(")) return this.#call(token);
    const value = token.kind === "name" ? this.#results.get(token.text) : undefined;
    if (value !== undefined) return value;
    const what = token.kind === "name" ? `${token.text} has no value` : `${token.text} cannot stand`;
    throw new ExpressionError(what, token.position, "Write a number, or a name with a value: a = 2; a*a");
  }

  #call(name: Token): Variable {
    const found = Object.entries(functions).find(([known]) => known === name.text);
    if (found !== undefined) {
      const argument = this.#inParentheses();
      this.applied = name.position;
      return found[1](argument);
    }
    throw new ExpressionError(
      `${name.text} is no function`,
      name.position,
      `There are ${functionNames.join(", ")}.`,
    );
  }

  #inParentheses(): Variable {
    const value = this.#deeper(() => this.#sum());
    const token = this.#next();
    if (this.#take(")")) return value;
    throw new ExpressionError(
      `${token.text} stands where ) belongs`,
      token.position,
      "Close the parenthesis.",
    );
  }

  #deeper(read: () => Variable): Variable {
    if (++this.#nesting > maximalNesting) {
      const { position } = this.#next();
      throw new ExpressionError(`more than ${maximalNesting} levels`, position, "Name a part: a = ...; ...");
    }
    const value = read();
    this.#nesting--;
    return value;
  }

  #expectEnd(): void {
    const { kind, text, position } = this.#next();
    if (kind === "end" || text === ";") return;
    throw new ExpressionError(`${text} cannot stand`, position, "Write an operator, ; or nothing.");
  }

  #next(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "the end", position: 0 };
  }

  #take(sign: string): boolean {
    if (this.#next().text !== sign) return false;
    this.#at++;
    return true;
  }
}

function number(value: number): Variable {
  return variable(value, { dtype: "float64", requiresGrad: false });
}

/**
 * The program of an expression in float64. Numbers that are given a name are its inputs.
 *
 * @throws {ExpressionError} if it cannot be read, or if it has no input, naming the place.
 * @example expressionProgram("a = 2; b = -3; tanh(a*b)").loss().item()   // -0.9999877
 */
export function expressionProgram(text: string): Program {
  if (text.length > maximalLength) {
    throw new ExpressionError(`more than ${maximalLength} characters`, maximalLength, "Shorten it.");
  }
  const tokens = tokensOf(text);
  const leaves = new Map<string, Variable>();
  // Read once, so that a mistake shows now, and the leaves are known.
  const value = new Reader(tokens, leaves).statements();
  if (!value.requiresGrad) {
    throw new ExpressionError("there is no input", 0, "Give a number a name and use it: a = 2; a*a");
  }
  let reader = new Reader(tokens, leaves);
  return {
    names: leaves,
    model: null,
    learningRate: 0,
    loss: () => {
      reader = new Reader(tokens, leaves);
      return reader.statements();
    },
    code: { address: "expression", text, place: () => placeIn(text, reader.applied) },
  };
}

/** A position in the text as a place: line and column from 1. */
function placeIn(text: string, position: number): string {
  const lines = text.slice(0, position).split("\n");
  return `expression:${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
}
