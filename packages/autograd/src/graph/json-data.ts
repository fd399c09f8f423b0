/** An op's attributes, which may be anything, as data that a file can keep and a page can show. */
import { formatShape, Tensor } from "@adjoint/tensor";
import { Level } from "../transforms/level.ts";
import { Variable } from "../variable.ts";
import type { Json } from "./trace.ts";

/** No attributes go deeper, and none have more parts. */
const depthLimit = 8;
const partLimit = 1000;

/** `value` as JSON: numbers exact, tensors and functions described, what is too deep or too much left off with `…`. */
export function jsonData(value: unknown): Json {
  return toJson(value, 0, { left: partLimit });
}

/** A number that JSON has, or a string in its place. */
export function jsonNumber(x: number): number | string {
  if (Object.is(x, -0)) return "-0";
  return Number.isFinite(x) ? x : String(x);
}

function toJson(value: unknown, depth: number, parts: { left: number }): Json {
  parts.left--;
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return jsonNumber(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "function") return `function ${value.name}`.trimEnd();
  if (typeof value !== "object") return String(value);
  if (value instanceof Tensor || value instanceof Variable) {
    return `tensor ${formatShape(value.shape)} ${value.dtype}`;
  }
  if (value instanceof Level) return `vmap over ${value.size}`;
  if (depth === depthLimit) return "…";
  if (Array.isArray(value)) return listToJson(value, depth, parts);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  return objectToJson(value, depth, parts);
}

function listToJson(list: readonly unknown[], depth: number, parts: { left: number }): Json {
  const shown: Json[] = [];
  for (const each of list) {
    if (parts.left <= 0) return [...shown, "…"];
    shown.push(toJson(each, depth + 1, parts));
  }
  return shown;
}

function objectToJson(value: object, depth: number, parts: { left: number }): Json {
  const shown: [string, Json][] = [];
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined || key === "__proto__") continue;
    if (parts.left <= 0) return Object.fromEntries([...shown, ["…", "…"]]);
    shown.push([key, toJson(each, depth + 1, parts)]);
  }
  return Object.fromEntries(shown);
}
