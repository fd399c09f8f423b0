/** The examples in the docstrings of this package that state a result: the result is right. */
import { readdirSync, readFileSync } from "node:fs";
import * as autograd from "@adjoint/autograd";
import * as nn from "@adjoint/nn";
import * as tensors from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

const folder = new URL("../src/", import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);
const examples = sources.flatMap((file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  return [...text.matchAll(/@example (.+?)\s+\/\/ (.+?)(?: \*\/)?$/gm)].map(
    ([, call = "", result = ""]) => [call, result] as const,
  );
});
/** What an example may name. */
const scope: Readonly<Record<string, unknown>> = { ...tensors, ...autograd, ...nn };

describe("the example", () => {
  it("is there for most of what can be called", () => expect(examples.length).toBeGreaterThanOrEqual(20));

  it.each(examples)("%s   // %s", (call, result) => {
    expect(rounded(plain(evaluate(call)))).toEqual(rounded(evaluate(result)));
  });
});

function evaluate(expression: string): unknown {
  return new Function(...Object.keys(scope), `return ${expression};`)(...Object.values(scope));
}

function plain(x: unknown): unknown {
  return x instanceof tensors.Tensor || x instanceof autograd.Variable ? x.toArray() : x;
}

/** Numbers, nested to any depth, with seven digits; −0 as 0. */
function rounded(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(rounded);
  return typeof x === "number" ? Number(x.toPrecision(7)) + 0 : x;
}
