/** Reading JSON that nobody vouches for: each value is asked for by its kind, and its place is named when it is wrong. */
import { malformed } from "./trace-file.ts";

/** One value in a document. Only own properties are read, and nothing is written. */
export class JsonReader {
  readonly op: string;
  readonly #value: unknown;
  readonly #parent: JsonReader | null;
  readonly #key: string | number;

  /** @param op who reads, for messages. */
  constructor(op: string, value: unknown, parent: JsonReader | null = null, key: string | number = "head") {
    this.op = op;
    this.#value = value;
    this.#parent = parent;
    this.#key = key;
  }

  /** Where it is: `nodes[3].inputs[0].source`. */
  get path(): string {
    const parent = this.#parent;
    if (parent === null) return String(this.#key);
    if (typeof this.#key === "number") return `${parent.path}[${this.#key}]`;
    return parent.#parent === null ? this.#key : `${parent.path}.${this.#key}`;
  }

  /** The value of an object's own property. */
  field(name: string): JsonReader {
    const value = this.#object();
    if (!Object.hasOwn(value, name)) throw malformed(this.op, `${this.path} has no "${name}"`);
    return new JsonReader(this.op, Reflect.get(value, name), this, name);
  }

  /** An object's properties. */
  entries(): [string, JsonReader][] {
    return Object.entries(this.#object()).map(([key, value]) => [
      key,
      new JsonReader(this.op, value, this, key),
    ]);
  }

  /** A list's items. */
  items(): JsonReader[] {
    if (!Array.isArray(this.#value)) throw this.wrong("is no list");
    return this.#value.map((item: unknown, i) => new JsonReader(this.op, item, this, i));
  }

  /** Null, or what `read` reads. */
  orNull<T>(read: (value: JsonReader) => T): T | null {
    return this.#value === null ? null : read(this);
  }

  /** A text. */
  text(): string {
    if (typeof this.#value !== "string") throw this.wrong("is no text");
    return this.#value;
  }

  /** True or false. */
  flag(): boolean {
    if (typeof this.#value !== "boolean") throw this.wrong("is neither true nor false");
    return this.#value;
  }

  /** A whole number from 0 to `last`. */
  whole(last: number = Number.MAX_SAFE_INTEGER): number {
    const value = this.#value;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= last)
      return value + 0;
    const range = last === Number.MAX_SAFE_INTEGER ? "of at least 0" : `from 0 to ${last}`;
    throw this.wrong(`is no whole number ${range}`);
  }

  /** Any number; those that JSON lacks stand in strings. */
  number(): number {
    const value = this.#value;
    if (typeof value === "number") return value;
    if (value === "-0") return -0;
    if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
    throw this.wrong("is no number");
  }

  /** One of `choices`. */
  choice<const C extends string>(choices: readonly C[]): C {
    const found = choices.find((choice) => choice === this.#value);
    if (found === undefined) throw this.wrong(`is none of ${choices.join(", ")}`);
    return found;
  }

  /** The value itself, for data that is handed on as it is. */
  raw(): unknown {
    return this.#value;
  }

  /** The error that this value `what`: `is no text`. */
  wrong(what: string): Error {
    const value = this.#value;
    const isObject = typeof value === "object" && value !== null;
    const shown = isObject ? (Array.isArray(value) ? "a list" : "an object") : String(JSON.stringify(value));
    const short = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
    return malformed(this.op, `${this.path} ${what}: ${short}`);
  }

  #object(): object {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.wrong("is no object");
    return value;
  }
}
