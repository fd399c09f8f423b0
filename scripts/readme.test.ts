import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

/** Runs a program as Node would, and gives what it printed. */
async function outputOf(program: string): Promise<string> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const bundle = await build({
    stdin: { contents: program, loader: "ts", resolveDir: root },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  return execFileSync(process.execPath, ["--input-type=module", "-"], {
    input: bundle.outputFiles[0]?.text ?? "",
    encoding: "utf8",
  });
}

describe.each(["README.md", "packages/tensor/README.md", "packages/autograd/README.md"])("%s", (path) => {
  const readme = readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
  const programs = Array.from(
    readme.matchAll(/```ts\n((?:(?!```)[\s\S])*)```\n\n```text\n([\s\S]*?)```/g),
    ([, program = "", printed = ""], i) => ({ number: i + 1, program, printed }),
  );

  it("shows a program", () => {
    expect(programs.length).toBeGreaterThan(0);
  });

  describe.each(programs)("program $number", ({ program, printed }) => {
    it("has at most 15 lines", () => {
      expect(program.trim().split("\n").length).toBeGreaterThan(5);
      expect(program.trim().split("\n").length).toBeLessThanOrEqual(15);
    });

    it("prints what it says", async () => {
      expect(await outputOf(program)).toBe(printed);
    });
  });
});
