/** Reading JSON of which nothing is known: each field is checked, and an error names it. */
import { FormatError } from "@adjoint/tensor";

/** A JSON object, not looked into yet. */
export type Fields = Readonly<Record<string, unknown>>;

const unwritable: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  "-0": -0,
};

/** The number as JSON can hold it: itself, or a string for NaN, ±∞ and −0. */
export function writable(x: number): number | string {
  if (Object.is(x, -0)) return "-0";
  return Number.isFinite(x) ? x : String(x);
}

/** The object that `text` is in JSON. @throws {FormatError} */
export function fieldsOf(op: string, text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError(op, `the text is no JSON (${reason}).`, "It is cut short or was altered.");
  }
  if (isFields(value)) return value;
  throw new FormatError(op, `the JSON is no object: ${text.slice(0, 80)}`, "Give an object.");
}

/** The field as a number that `writable` wrote. @throws {FormatError} */
export function numberOf(op: string, fields: Fields, name: string): number {
  return toNumber(fields[name]) ?? refuse(op, fields, name, "a number");
}

/** The field as an array of such numbers. @throws {FormatError} */
export function numbersOf(op: string, fields: Fields, name: string): number[] {
  const list = fields[name];
  if (!Array.isArray(list)) return refuse(op, fields, name, "a list of numbers");
  return list.map((x) => toNumber(x) ?? refuse(op, fields, name, "a list of numbers"));
}

/** The field as a whole number of at least 0. @throws {FormatError} */
export function integerOf(op: string, fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  return refuse(op, fields, name, "a whole number of at least 0");
}

/** The field as a text. @throws {FormatError} */
export function textOf(op: string, fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : refuse(op, fields, name, "a text");
}

/** The field as true or false. @throws {FormatError} */
export function booleanOf(op: string, fields: Fields, name: string): boolean {
  const value = fields[name];
  return typeof value === "boolean" ? value : refuse(op, fields, name, "true or false");
}

/** The field as an object. @throws {FormatError} */
export function objectOf(op: string, fields: Fields, name: string): Fields {
  const value = fields[name];
  return isFields(value) ? value : refuse(op, fields, name, "an object");
}

/** The field as an array of objects. @throws {FormatError} */
export function objectsOf(op: string, fields: Fields, name: string): Fields[] {
  const value = fields[name];
  if (Array.isArray(value) && value.every(isFields)) return value;
  return refuse(op, fields, name, "a list of objects");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && Object.hasOwn(unwritable, value) ? unwritable[value] : undefined;
}

function refuse(op: string, fields: Fields, name: string, wanted: string): never {
  const found = JSON.stringify(fields[name]) ?? "missing";
  throw new FormatError(
    op,
    `${name} is ${found.slice(0, 80)}, not ${wanted}.`,
    "It was altered or cut short.",
  );
}
