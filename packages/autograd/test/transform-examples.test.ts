/** Every transform's docstring has an example in one line with its result, and the result is right. */
import { readdirSync, readFileSync } from "node:fs";
import * as autograd from "@adjoint/autograd";
import * as tensors from "@adjoint/tensor";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";

const folder = new URL("../src/transforms/", import.meta.url);
const index = readFileSync(new URL("../src/index.ts", import.meta.url), "utf8");
const scope: Readonly<Record<string, unknown>> = { ...tensors, ...autograd };

/** The files whose functions the package exports; the others are parts of theirs. */
const transforms = readdirSync(folder).filter((file) =>
  new RegExp(
    `^export \\{.*\\b${functionOf(file)}\\b.*"\\./transforms/${file.replace(".", "\\.")}"`,
    "m",
  ).test(index.replaceAll(/\{\n([^}]*)\n\}/g, (_, names: string) => `{${names.replaceAll("\n", " ")}}`)),
);

/** `stop-gradient.ts` holds stopGradient. */
function functionOf(file: string): string {
  return file.replace(/\.ts$/, "").replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

describe("the examples in the docstring of", () => {
  it("every transform", () => expect(transforms.length).toBeGreaterThanOrEqual(13));

  it.each(transforms)("%s", (file) => {
    const examples = [...readFileSync(new URL(file, folder), "utf8").matchAll(/@example (.+?)\s+\/\/ (.+)/g)];
    expect(examples.length).toBeGreaterThan(0);
    for (const [, call, result] of examples) {
      expect(numbers(evaluate(call ?? "")), call).toEqual(numbers(evaluate(result ?? "")));
    }
  });
});

function evaluate(expression: string): unknown {
  const { code } = transformSync(`return (${expression});`, { loader: "ts" });
  return new Function(...Object.keys(scope), code)(...Object.values(scope));
}

/** Tensors and Variables as numbers, in lists of any depth. */
function numbers(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(numbers);
  return x instanceof tensors.Tensor || x instanceof autograd.Variable ? x.toArray() : x;
}
