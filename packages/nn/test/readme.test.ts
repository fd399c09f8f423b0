/** The program of the README prints what the README says. */
import { readFileSync } from "node:fs";
import * as nn from "@adjoint/nn";
import * as tensors from "@adjoint/tensor";
import { expect, it } from "vitest";

it("the example of the README learns", () => {
  const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, program = ""] = /```ts\n([\s\S]+?)```/.exec(text) ?? [];
  const [, printed = ""] = /\/\/ (\[.+\])/.exec(program) ?? [];
  const body = program.replace(/^import .+$/gm, "").replace(/console\.log\((.+)\);.*/, "return $1;");
  const scope: Readonly<Record<string, unknown>> = { ...tensors, ...nn };
  const run = new Function(...Object.keys(scope), body);
  tensors.manualSeed(0);
  expect(run(...Object.values(scope))).toEqual(JSON.parse(printed));
});
