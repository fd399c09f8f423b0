import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it, vi } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The first fenced block of a language below a heading. */
function block(heading: string, language: string): string {
  const section = readme.slice(readme.indexOf(`## ${heading}`));
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(section)?.[1] ?? "";
}

describe("README", () => {
  it("shows a program of at most 15 lines that prints what it says", async () => {
    const program = block("A program", "ts");
    expect(program.trim().split("\n").length).toBeLessThanOrEqual(15);
    const bundle = await build({
      stdin: { contents: program, loader: "ts", resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
      bundle: true,
      format: "esm",
      write: false,
    });
    const lines: string[] = [];
    const log = vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    try {
      await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0]?.text ?? "")}`);
    } finally {
      log.mockRestore();
    }
    expect(`${lines.join("\n")}\n`).toBe(block("A program", "text"));
  });
});
