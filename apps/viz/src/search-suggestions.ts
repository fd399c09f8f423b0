/** What can be written where the cursor stands in a search. Pure. */
import type { SearchIndex } from "./search.ts";
import { type SearchField, searchFields, searchFlags, searchMeasures } from "./search-query.ts";

/** One way to go on. */
export interface Suggestion {
  /** What takes the place from `from` to `to`. */
  readonly text: string;
  /** What it means, in a few words. */
  readonly detail: string;
}

/** The ways to go on, and the part of the query that they take the place of. */
export interface Suggestions {
  readonly from: number;
  readonly to: number;
  readonly list: readonly Suggestion[];
}

const details: Readonly<Record<string, string>> = {
  "op:": "the operation",
  "name:": "a part of the name",
  "scope:": "in the module, by name or class",
  "in:": "in the module, by name or class",
  "kind:": "op, leaf or constant",
  "dtype:": "the type of the numbers",
  "shape:[": "sizes; * any one, … any number",
  value: "the value, if it is a single number",
  grad: "the gradient, if it is a single number",
  "|value|": "the norm of the value",
  "|grad|": "the norm of the gradient",
  bytes: "memory of value and saved tensors",
  saved: "memory kept for the backward pass",
  time: "microseconds of the forward",
  size: "number of entries",
  rank: "number of axes",
  "fan-in": "number of inputs",
  "fan-out": "how often it is read",
  nan: "NaN in value or gradient",
  inf: "an infinity in value or gradient",
  zero: "value or gradient all 0",
  dead: "ReLU with dead units",
  tracked: "on the tape",
  or: "one side or the other",
  not: "the next term does not hold",
};

const comparisons: readonly Suggestion[] = [
  { text: ">", detail: "above" },
  { text: ">=", detail: "at least" },
  { text: "<", detail: "below" },
  { text: "<=", detail: "at most" },
  { text: "=", detail: "equal" },
  { text: "!=", detail: "another number" },
];

/**
 * What can stand at `cursor`, best first, at most `limit`; what is written of it already is taken up.
 *
 * @example suggestionsAt("op:re", 5, index).list   // relu, reshape: what the trace has
 */
export function suggestionsAt(query: string, cursor: number, index: SearchIndex, limit: number): Suggestions {
  const before = query.slice(0, cursor);
  const from = cursor - (/[^\s"]*$/.exec(before)?.[0].replace(/^[-(]+/, "").length ?? 0);
  const written = before.slice(from).toLowerCase();
  const inQuotes = (before.match(/"/g)?.length ?? 0) % 2 === 1;
  const list = inQuotes ? [] : continuations(written, index);
  const fresh = list.filter(({ text }) => text.toLowerCase() !== written);
  return { from, to: cursor, list: fresh.slice(0, limit) };
}

function continuations(written: string, index: SearchIndex): Suggestion[] {
  const [, name, rest] = /^([a-z]+):(.*)$/.exec(written) ?? [];
  const field = searchFields.find((each) => each === name);
  if (field !== undefined) return valuesOf(field, rest ?? "", index);
  const measure = searchMeasures.find((each) => each === written);
  if (measure !== undefined) return comparisons.map(({ text, detail }) => ({ text: measure + text, detail }));
  const words = [
    ...searchFields.map((each) => `${each}:`),
    "shape:[",
    ...searchMeasures,
    ...searchFlags,
    "or",
    "not",
  ];
  const known = words
    .filter((word) => word.startsWith(written))
    .map((text): Suggestion => ({ text, detail: details[text] ?? measureDetail(text) }));
  return written === ""
    ? known
    : [...known, ...valuesOf("op", written, index), ...valuesOf("name", written, index)];
}

function measureDetail(measure: string): string {
  const [, what, of] = /^(max|min|mean)\((value|grad)\)$/.exec(measure) ?? [];
  const words = { max: "largest", min: "smallest", mean: "mean" };
  if (what !== "max" && what !== "min" && what !== "mean") return "";
  return `${words[what]} finite entry of the ${of === "grad" ? "gradient" : "value"}`.replace(
    "mean finite entry",
    "mean",
  );
}

/** The values of a field in this trace: those that begin so, then those that hold it. */
function valuesOf(field: SearchField, rest: string, index: SearchIndex): Suggestion[] {
  const values = index.values(field).filter((value) => value.toLowerCase().includes(rest));
  const begins = (value: string): boolean => value.toLowerCase().startsWith(rest);
  return [...values.filter(begins), ...values.filter((value) => !begins(value))].map((value) => {
    return {
      text: `${field}:${/[\s()"]/.test(value) ? `"${value}"` : value}`,
      detail: details[`${field}:`] ?? "",
    };
  });
}
