import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

describe("README", () => {
  test("its example is test/example.ts, and prints what it says", async () => {
    const readme = read("../README.md");
    const [example, printed] = [...readme.matchAll(/```(?:ts|wat)\n([^`]*)```/g)].map((match) => match[1]);
    expect(example).toBe(read("./example.ts"));
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await import("./example.ts");
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    expect(lines).toEqual(["6.5", printed?.trimEnd()]);
  });
});
