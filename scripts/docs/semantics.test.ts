/** Every line of docs/semantics.md has a test with its number in the title, and no test has a number without a line. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/semantics.md", root), "utf8");
const lines = Array.from(page.matchAll(/^(\d+)\. /gm), ([, number]) => Number(number));

/** The numbers that titles of tests in src and test of all packages begin with, and how often. */
const counts = new Map<number, number>();
for (const name of readdirSync(new URL("packages/", root))) {
  for (const folder of ["src/", "test/"]) {
    for (const text of testsBelow(new URL(`packages/${name}/${folder}`, root))) {
      for (const [, number] of text.matchAll(/\(\s*["`](\d+)\. /g)) {
        counts.set(Number(number), (counts.get(Number(number)) ?? 0) + 1);
      }
    }
  }
}

function testsBelow(folder: URL): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return testsBelow(new URL(`${entry.name}/`, folder));
    return entry.name.endsWith(".test.ts") ? [readFileSync(new URL(entry.name, folder), "utf8")] : [];
  });
}

describe("docs/semantics.md", () => {
  it("has its lines in order, 1 to 33", () => {
    expect(lines).toEqual(Array.from({ length: 33 }, (_, i) => i + 1));
  });

  it.each(lines)("line %d has a test with its number", (line) => {
    expect(counts.get(line) ?? 0).toBeGreaterThan(0);
  });

  it("has a line for every number in a title", () => {
    expect([...counts.keys()].filter((number) => !lines.includes(number))).toEqual([]);
  });
});
