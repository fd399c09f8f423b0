/** Every op's docstring has an example in one line with its result, and the result is right. */
import { readdirSync, readFileSync } from "node:fs";
import * as autograd from "@adjoint/autograd";
import * as tensors from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

const folder = new URL("../src/ops/", import.meta.url);
const ops = readdirSync(folder).filter((file) => !file.endsWith(".test.ts"));
/** What an example may name. */
const scope: Readonly<Record<string, unknown>> = { ...tensors, ...autograd };

describe("the example in the docstring of", () => {
  it.each(ops)("%s", (file) => {
    const example = /@example (.+?)\s+\/\/ (.+)/.exec(readFileSync(new URL(file, folder), "utf8"));
    expect(example, "a line `@example call   // result`").not.toBeNull();
    const [, call, result] = example ?? [];
    const actual = evaluate(`${call}.toArray()`);
    // Results are printed with the digits that float32 has.
    expect(rounded(actual)).toEqual(rounded(evaluate(result ?? "")));
  });
});

function evaluate(expression: string): unknown {
  return new Function(...Object.keys(scope), `return ${expression};`)(...Object.values(scope));
}

/** Numbers, nested to any depth, with seven digits; −0 as 0. */
function rounded(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(rounded);
  return typeof x === "number" ? Number(x.toPrecision(7)) + 0 : x;
}
