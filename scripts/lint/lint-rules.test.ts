// Proves that the lint rules fire: each bad file is written into a copy of the workspace's layout, beside the
// real biome.json, and Biome must name the expected rule for it; each good file must pass.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

interface Case {
  readonly file: string;
  readonly code: string;
  /** The rule that must fire; undefined when the file is fine. */
  readonly rule?: string;
}

const direction = "lint/style/noRestrictedImports";
const use = (specifier: string): string => `import { a } from "${specifier}";\n\nconsole.log(a);\n`;

const cases: readonly Case[] = [
  { file: "packages/wasm/src/case-1.ts", code: use("@adjoint/tensor"), rule: direction },
  { file: "packages/tensor/src/case-2.ts", code: use("@adjoint/autograd"), rule: direction },
  { file: "packages/tensor/src/case-3.ts", code: use("@adjoint/autograd/testing"), rule: direction },
  { file: "packages/tensor/src/case-4.ts", code: use("@adjoint/wasm") },
  { file: "packages/tensor/src/cpu/case-5.ts", code: use("../../../wasm/src/index.ts"), rule: direction },
  { file: "packages/tensor/src/case-6.ts", code: use("../../nn/src/index.ts"), rule: direction },
  { file: "packages/tensor/test/case-7.ts", code: use("../src/index.ts") },
  { file: "packages/tensor/src/case-8.ts", code: use("@adjoint/wasm/src/module.ts"), rule: direction },
  { file: "packages/autograd/src/case-9.ts", code: use("@adjoint/nn"), rule: direction },
  { file: "packages/autograd/src/case-10.ts", code: use("@adjoint/wasm"), rule: direction },
  { file: "packages/autograd/src/ops/case-11.ts", code: use("../tensor/case.ts") },
  { file: "packages/nn/src/case-12.ts", code: `export type { A } from "@adjoint/mnist";\n`, rule: direction },
  {
    file: "packages/nn/src/case-13.ts",
    code: `export const a = import("@adjoint/mnist");\n`,
    rule: direction,
  },
  { file: "packages/nn/src/case-14.ts", code: use("@adjoint/autograd") },
  { file: "packages/mnist/src/case-15.ts", code: use("@adjoint/nn") },
  { file: "packages/mnist/src/case-16.ts", code: use("@adjoint/wasm"), rule: direction },
  { file: "packages/nn/src/case-36.ts", code: use("@adjoint/viz"), rule: direction },
  { file: "packages/mnist/src/case-34.ts", code: use("@adjoint/viz/command"), rule: direction },
  {
    file: "packages/mnist/src/case-35.ts",
    code: `export const a = import("@adjoint/viz/command");\n`,
    rule: direction,
  },
  { file: "apps/viz/src/case-31.ts", code: use("@adjoint/mnist"), rule: direction },
  { file: "apps/viz/src/case-32.ts", code: use("@adjoint/autograd/src/listener.ts"), rule: direction },
  { file: "apps/viz/src/case-33.ts", code: use("@adjoint/autograd/graph") },
  {
    file: "packages/nn/src/case-17.ts",
    code: "export const a: any = 1;\n",
    rule: "lint/suspicious/noExplicitAny",
  },
  {
    file: "packages/nn/src/case-18.ts",
    code: "export const a = (b: number[]): number => b[0]!;\n",
    rule: "lint/style/noNonNullAssertion",
  },
  {
    file: "packages/tensor/src/cpu/case-19.ts",
    code: "export const a = (b: number[]): number => b[0]!;\n",
  },
  { file: "packages/nn/src/case-20.ts", code: "export default 1;\n", rule: "lint/style/noDefaultExport" },
  {
    file: "packages/nn/src/case-21.ts",
    code: `export * from "./case-24.ts";\n`,
    rule: "lint/performance/noReExportAll",
  },
  {
    file: "packages/nn/src/case-22.ts",
    code: `export { a } from "./case-24.ts";\n`,
    rule: "lint/performance/noBarrelFile",
  },
  { file: "packages/nn/src/index.ts", code: `export { a } from "./case-24.ts";\n` },
  { file: "packages/nn/src/case-24.ts", code: "export const a = 1 as unknown as string;\n", rule: "plugin" },
  {
    file: "packages/nn/src/caseOf25.ts",
    code: "export const a = 1;\n",
    rule: "lint/style/useFilenamingConvention",
  },
  {
    file: "packages/nn/src/case-26.ts",
    code: `import { b } from "./case-27.ts";\n\nexport const a = (): number => b();\n`,
    rule: "lint/suspicious/noImportCycles",
  },
  {
    file: "packages/nn/src/case-27.ts",
    code: `import { a } from "./case-26.ts";\n\nexport const b = (): number => a();\n`,
    rule: "lint/suspicious/noImportCycles",
  },
  {
    file: "packages/nn/src/case-28.ts",
    code: use("./case-24"),
    rule: "lint/correctness/useImportExtensions",
  },
];

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}

/** Biome's exit code is 1 when it finds something, which is what these tests want of it. */
const lint = (directory: string): Report => {
  const args = [biome, "lint", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=json", "."];
  try {
    return JSON.parse(
      execFileSync(process.execPath, args, { cwd: directory, encoding: "utf8", stdio: "pipe" }),
    );
  } catch (error) {
    if (
      error instanceof Error &&
      "stdout" in error &&
      typeof error.stdout === "string" &&
      error.stdout !== ""
    ) {
      return JSON.parse(error.stdout);
    }
    throw error;
  }
};

describe("lint rules", () => {
  const directory = mkdtempSync(join(tmpdir(), "adjoint-lint-"));
  const found = new Map<string, string[]>();

  beforeAll(() => {
    cpSync(join(root, "biome.json"), join(directory, "biome.json"));
    cpSync(join(root, "scripts/lint"), join(directory, "scripts/lint"), { recursive: true });
    rmSync(join(directory, "scripts/lint/lint-rules.test.ts"));
    for (const { file, code } of cases) {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), code);
    }
    for (const { category, location } of lint(directory).diagnostics) {
      const file = location.path.replaceAll("\\", "/").replace(/^\.\//, "");
      found.set(file, [...(found.get(file) ?? []), category]);
    }
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each(cases)("$file: $rule", ({ file, rule }) => {
    const rules = found.get(file) ?? [];
    if (rule === undefined) expect(rules).toEqual([]);
    else expect(rules).toContain(rule);
  });
});
