/**
 * The language of searches, `op:relu |grad|>1 nan`, read into a tree. Pure.
 *
 *     query      = part { "or" part }
 *     part       = term { ["and"] term }                      all of them; an empty query holds for every node
 *     term       = ("-" | "not") term | "(" query ")" | predicate
 *     predicate  = field ":" pattern                          op:relu  name:weight  in:Linear  shape:[*,32]
 *                | measure comparison number [unit]           |grad|>1  max(value)<=0  time>50  bytes>1kB  fan-out>2
 *                | flag [":value" | ":grad"]                  nan  inf  zero  nan:grad or nan(grad)  dead  tracked
 *                | word | '"' text '"'                        what title, op or name hold
 */

/** What can stand before a colon and a pattern of text. */
export const searchFields = ["op", "name", "scope", "in", "kind", "dtype"] as const;
/** One of them; `in` is `scope`. */
export type SearchField = (typeof searchFields)[number];

/** What can be compared with a number. */
export const searchMeasures: readonly string[] = [
  ...["value", "grad", "|value|", "|grad|", "max(value)", "max(grad)", "min(value)", "min(grad)"],
  ...["mean(value)", "mean(grad)", "bytes", "saved", "time", "size", "rank", "fan-in", "fan-out"],
];

/** What holds of a node or does not; the first three may be asked of the value or the gradient alone. */
export const searchFlags = ["nan", "inf", "zero", "dead", "tracked"] as const;
/** One of them. */
export type SearchFlag = (typeof searchFlags)[number];

/** A comparison. With a number that a node does not have none holds, `!=` neither. */
export type Comparison = ">" | ">=" | "<" | "<=" | "=" | "!=";

/** A query as a tree. */
export type Query =
  | { readonly kind: "all" | "any"; readonly parts: readonly Query[] }
  | { readonly kind: "not"; readonly part: Query }
  | { readonly kind: "field"; readonly field: SearchField; readonly pattern: string }
  /** Sizes; null for any one; "…" for any number of them, at most once. */
  | { readonly kind: "shape"; readonly axes: readonly (number | null | "…")[] }
  | {
      readonly kind: "compare";
      readonly measure: string;
      readonly comparison: Comparison;
      readonly number: number;
    }
  | { readonly kind: "flag"; readonly flag: SearchFlag; readonly of: "value" | "grad" | null }
  | { readonly kind: "text"; readonly text: string; readonly exact: boolean };

/** The query cannot be read; `position` counts characters from 0. */
export class SearchError extends Error {
  readonly position: number;

  constructor(what: string, position: number, remedy: string) {
    super(`[search] ${what} at character ${position + 1}. ${remedy}`);
    this.name = "SearchError";
    this.position = position;
  }
}

const maximalLength = 1000;
const maximalNesting = 50;

/**
 * Reads a query.
 *
 * @throws {SearchError} naming the character and the remedy.
 * @example parseQuery("op:relu |grad|>1 nan")
 */
export function parseQuery(text: string): Query {
  if (text.length > maximalLength) {
    throw new SearchError(`more than ${maximalLength} characters`, maximalLength, "Shorten it.");
  }
  return new Reader(text).query();
}

const units: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  [
    "time",
    new Map([
      ["ns", 1e-3],
      ["us", 1],
      ["µs", 1],
      ["μs", 1],
      ["ms", 1e3],
      ["s", 1e6],
    ]),
  ],
  [
    "bytes",
    new Map([
      ["b", 1],
      ["kb", 1e3],
      ["mb", 1e6],
      ["gb", 1e9],
    ]),
  ],
  [
    "saved",
    new Map([
      ["b", 1],
      ["kb", 1e3],
      ["mb", 1e6],
      ["gb", 1e9],
    ]),
  ],
]);

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ...([">", ">=", "<", "<=", "=", "!="] as const).map((each) => [each, each] as const),
  ["==", "="],
  ["≥", ">="],
  ["≤", "<="],
  ["≠", "!="],
]);

const flagsOfNumbers: ReadonlySet<string> = new Set(["nan", "inf", "zero"]);

class Reader {
  readonly #text: string;
  #at = 0;
  #nesting = 0;

  constructor(text: string) {
    this.#text = text;
  }

  query(): Query {
    const query = this.#any();
    if (this.#at >= this.#text.length) return query;
    throw new SearchError(") closes nothing", this.#at, "Take it away, or write ( before.");
  }

  #any(): Query {
    const parts = [this.#all()];
    while (this.#keyword("or")) parts.push(this.#all());
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "any", parts };
  }

  #all(): Query {
    const begin = this.#at;
    const parts: Query[] = [];
    for (;;) {
      this.#skip();
      const joined = parts.length > 0 && this.#keyword("and");
      const end = this.#at >= this.#text.length || this.#text[this.#at] === ")";
      if (end || this.#ahead(/or(?![^\s()])/iy) !== null) {
        if (joined) throw new SearchError("nothing follows and", this.#at, "Write a term, or take and away.");
        const alone = begin === 0 && this.#at >= this.#text.length && this.#nesting === 0;
        if (parts.length > 0 || alone) break;
        throw new SearchError("a term is missing", this.#at, "Write one: op:relu, |grad|>1, nan, or a word.");
      }
      parts.push(this.#term());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "all", parts };
  }

  #term(): Query {
    this.#skip();
    const begin = this.#at;
    if (this.#take("(")) return this.#deeper(begin, () => this.#inParentheses(begin));
    const minus = this.#take("-");
    if (!minus && !this.#keyword("not")) return this.#predicate();
    this.#skip();
    if (this.#at >= this.#text.length || this.#text[this.#at] === ")") {
      throw new SearchError(
        `nothing follows ${minus ? "-" : "not"}`,
        this.#at,
        "Write what shall not hold: -op:relu.",
      );
    }
    return this.#deeper(begin, () => ({ kind: "not", part: this.#term() }));
  }

  #inParentheses(begin: number): Query {
    const query = this.#any();
    if (this.#take(")")) return query;
    throw new SearchError("an unclosed ( stands", begin, "Write ) behind what belongs together.");
  }

  #deeper(begin: number, read: () => Query): Query {
    if (++this.#nesting > maximalNesting) {
      throw new SearchError(
        `more than ${maximalNesting} levels`,
        begin,
        "Take parentheses or negations away.",
      );
    }
    const query = read();
    this.#nesting--;
    return query;
  }

  #predicate(): Query {
    const begin = this.#at;
    if (this.#text[begin] === '"') return { kind: "text", text: this.#quoted(), exact: true };
    const measure = this.#ahead(/\|\s*(?:value|grad)\s*\||(?:max|min|mean)\(\s*(?:value|grad)\s*\)/iy);
    if (measure !== null) {
      this.#at += measure.length;
      return this.#compare(measure.toLowerCase().replaceAll(/\s/g, ""));
    }
    const word = this.#ahead(/[^\s()"|:<>=!≤≥≠]+/y);
    if (word === null) throw this.#stray(begin);
    this.#at += word.length;
    const lower = word.toLowerCase();
    const sign = this.#text[this.#at];
    if (flagsOfNumbers.has(lower) && (sign === "(" || sign === ":")) return this.#flagOf(lower);
    if (sign === ":") return this.#field(lower, begin);
    const comparing = this.#ahead(/\s*[<>=!≤≥≠]/y) !== null;
    if (isOne(searchMeasures, lower)) {
      if (comparing) return this.#compare(lower);
      if (lower === "value" || lower === "grad") throw missingComparison(lower, this.#at);
    }
    if (comparing) {
      const remedy = `Compare one of ${searchMeasures.join(", ")}; what holds the sign itself stands in quotes.`;
      throw new SearchError(`${word} has no number to compare`, begin, remedy);
    }
    if (isOne(searchFlags, lower)) return { kind: "flag", flag: lower, of: null };
    return { kind: "text", text: word, exact: false };
  }

  #stray(begin: number): SearchError {
    const sign = this.#text[begin] ?? "";
    if (sign === "|") return new SearchError("| begins no norm", begin, "Write |grad|>1 or |value|>1.");
    const what = `${sign} cannot stand`;
    return new SearchError(
      what,
      begin,
      'Write a field, a measure or a word before it, or text in quotes: ">".',
    );
  }

  #flagOf(name: string): Query {
    const begin = this.#at;
    const written = this.#ahead(/\([^()]*\)?|:[^\s()]*/y) ?? "";
    const found = /^(?:\(\s*(value|grad)\s*\)|:(value|grad))$/i.exec(written);
    const of = (found?.[1] ?? found?.[2])?.toLowerCase();
    if (found === null || !isOne(searchFlags, name) || (of !== "value" && of !== "grad")) {
      throw new SearchError(
        `${name} is asked of something else`,
        begin,
        `Write ${name}, ${name}:value or ${name}:grad.`,
      );
    }
    this.#at += found[0].length;
    return { kind: "flag", flag: name, of };
  }

  #field(name: string, begin: number): Query {
    this.#at++;
    if (name === "shape") return this.#shape();
    if (!isOne(searchFields, name)) {
      const fields = [...searchFields, "shape"].map((each) => `${each}:`).join(" ");
      throw new SearchError(
        `${name}: is no field`,
        begin,
        `There are ${fields}; text with a colon stands in quotes.`,
      );
    }
    const pattern = this.#text[this.#at] === '"' ? this.#quoted() : this.#ahead(/[^\s()"]+/y);
    if (pattern === null || pattern === "") {
      throw new SearchError(
        `nothing follows ${name}:`,
        this.#at,
        `Write what it shall be: ${fieldExamples[name]}.`,
      );
    }
    if (this.#text[this.#at - 1] !== '"') this.#at += pattern.length;
    return { kind: "field", field: name, pattern };
  }

  #shape(): Query {
    const begin = this.#at;
    const open = this.#ahead(/\[[^\]]*/y);
    const bare = open === null ? (this.#ahead(/[^\s()[\]]+/y) ?? "") : open.slice(1);
    this.#at += bare.length + (open === null ? 0 : 1);
    if (open !== null && !this.#take("]")) throw new SearchError("an unclosed [ stands", begin, "Write ].");
    if (open === null && bare === "") throw new SearchError("a shape is missing", begin, shapeRemedy);
    const list = bare.trim() === "" ? [] : bare.split(/[,×]/).map((part) => part.trim());
    const axes = list.map((part) => {
      if (part === "*" || part === "?") return null;
      if (part === "..." || part === "…" || part === "..") return "…";
      if (/^\d{1,15}$/.test(part)) return Number(part);
      throw new SearchError(`"${part}" is no size`, begin, shapeRemedy);
    });
    if (axes.filter((axis) => axis === "…").length > 1) {
      throw new SearchError("… stands twice in the shape", begin, "Leave one of them.");
    }
    return { kind: "shape", axes };
  }

  #compare(measure: string): Query {
    this.#skip();
    const sign = this.#ahead(/>=|<=|!=|==|[<>=≤≥≠]/y);
    const comparison = comparisons.get(sign ?? "");
    if (sign === null || comparison === undefined) throw missingComparison(measure, this.#at);
    this.#at += sign.length;
    this.#skip();
    const begin = this.#at;
    const written = this.#ahead(/[-−+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-−+]?\d+)?|inf(?:inity)?(?![a-z])|∞)/iy);
    if (written === null) {
      const remedy =
        this.#ahead(/nan/iy) === null
          ? `Write one: ${measure}${sign}1e-3.`
          : "NaN equals nothing: write nan.";
      throw new SearchError("a number is missing", begin, remedy);
    }
    this.#at += written.length;
    const number = Number(written.replaceAll("−", "-").replace(/inf(inity)?|∞/i, "Infinity"));
    return { kind: "compare", measure, comparison, number: number * this.#unit(measure) };
  }

  #unit(measure: string): number {
    const begin = this.#at;
    const unit = this.#ahead(/[^\s()]+/y);
    if (unit === null) return 1;
    const known = units.get(measure);
    const factor = known?.get(unit.toLowerCase());
    if (factor === undefined) {
      const names =
        known === undefined ? `${measure} has no unit.` : `There are ${[...known.keys()].join(", ")}.`;
      throw new SearchError(
        `${unit} cannot follow the number`,
        begin,
        `${names} Put a blank before the next term.`,
      );
    }
    this.#at += unit.length;
    return factor;
  }

  #quoted(): string {
    const begin = this.#at;
    const end = this.#text.indexOf('"', begin + 1);
    if (end < 0) throw new SearchError('an unclosed " stands', begin, 'Write " behind the text.');
    this.#at = end + 1;
    const text = this.#text.slice(begin + 1, end);
    if (text !== "") return text;
    throw new SearchError("there is no text between the quotes", begin, 'Write some: "0.weight".');
  }

  /** Whether the keyword stands here as a word of its own; it is then behind. */
  #keyword(word: "and" | "or" | "not"): boolean {
    this.#skip();
    const found = this.#ahead(/(?:and|or|not)(?![^\s()])/iy);
    if (found?.toLowerCase() !== word) return false;
    this.#at += word.length;
    return true;
  }

  /** What `pattern`, which must be sticky, finds here. */
  #ahead(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #skip(): void {
    this.#at += this.#ahead(/\s*/y)?.length ?? 0;
  }

  #take(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }
}

const shapeRemedy = "Write sizes, * for any one, … for any number of them: shape:[8,*] or shape:[…,32].";

const fieldExamples: Readonly<Record<SearchField, string>> = {
  op: "op:relu, op:log*",
  name: "name:weight",
  scope: "scope:0, scope:Linear",
  in: "in:0, in:Linear",
  kind: "kind:leaf",
  dtype: "dtype:float64",
};

function missingComparison(measure: string, at: number): SearchError {
  const remedy = `Write ${measure}>1, or the word in quotes: "${measure}".`;
  return new SearchError(`a comparison is missing behind ${measure}`, at, remedy);
}

function isOne<T extends string>(list: readonly T[], text: string): text is T {
  return list.some((each) => each === text);
}
