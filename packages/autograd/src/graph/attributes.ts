/** The way back from `jsonData`: an op's attributes as its forward and its rules read them. */
import type { Json } from "./trace.ts";

/** The numbers that JSON lacks, as `jsonNumber` writes them. No attribute of an op is such a text. */
const numbers: readonly string[] = ["NaN", "Infinity", "-Infinity", "-0"];

/** The attributes that `json` was made of: strings such as `"NaN"` are numbers again, and null alone is undefined. */
export function attributesFrom(json: Json): unknown {
  return json === null ? undefined : revived(json);
}

/** True if nothing was left off. */
export function isWhole(json: Json): boolean {
  if (typeof json === "string") return json !== "…";
  if (typeof json !== "object" || json === null) return true;
  return Object.entries(json).every(([key, value]) => key !== "…" && isWhole(value));
}

function revived(json: Json): unknown {
  if (typeof json === "string") return numbers.includes(json) ? Number(json) : json;
  if (typeof json !== "object" || json === null) return json;
  if (isList(json)) return json.map(revived);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, revived(value)]));
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
