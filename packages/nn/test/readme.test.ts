/** The programs of the README print what the README says. */
import { readFileSync } from "node:fs";
import * as nn from "@adjoint/nn";
import * as tensors from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const programs = [...text.matchAll(/```ts\n([\s\S]+?)```/g)].map(([, program = ""]) => program);

describe("a program of the README", () => {
  it("is there", () => expect(programs.length).toBe(2));

  it.each(programs.map((program, i) => [i + 1, program] as const))("learns (%d)", (_, program) => {
    const [, printed = ""] = /console\.log.+\/\/ (\[.+\])/.exec(program) ?? [];
    const body = program.replace(/^import .+$/gm, "").replace(/console\.log\((.+)\);.*/, "return $1;");
    const scope: Readonly<Record<string, unknown>> = { ...tensors, ...nn, nn };
    const run = new Function(...Object.keys(scope), body);
    tensors.manualSeed(0);
    expect(run(...Object.values(scope))).toEqual(JSON.parse(printed));
  });
});
