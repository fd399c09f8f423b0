/** The documents say what the code does. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { differences, kinkRows } from "./kinks-table.ts";
import { made, withText } from "./made.ts";

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
}

describe("documents made from the code (npm run docs makes them)", () => {
  it.each(made)("$file is up to date", async ({ file, marker, text }) => {
    expect(read(file)).toBe(withText(read(file), marker, await text()));
  });
});

describe("README's table of kinks", () => {
  it.each(kinkRows())("$title: as PyTorch, or a reason is known", ({ title, ours, pytorch }) => {
    const isError = (cell: string): boolean => cell.startsWith("error: ");
    const same = isError(ours) ? isError(pytorch) : ours === pytorch;
    if (same === title in differences) expect(ours).toBe(pytorch);
  });
});
