/**
 * What the editor says about shapes that do not fit.
 *
 * A fixture states each message behind the `@ts-expect-error` above the line at fault, so that the ordinary type
 * check already knows that the line is refused. Here the compiler sees the fixtures without those directives, and
 * the first line of each of its messages must be the stated one, word for word.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const directive = "// @ts-expect-error ";

/**
 * Tests every fixture of a folder `packages/X/test/types/fixtures/`, which may import the packages by their names and X
 * by `../../../src/`.
 *
 * @param least how many messages all fixtures together state at least.
 */
export async function describeMessages(folder: URL, least: number): Promise<void> {
  const fixtures = fileURLToPath(folder);
  const names = (await readdir(fixtures)).filter((name) => name.endsWith(".ts"));
  let workplace: string;
  let messages: string[];

  beforeAll(async () => {
    workplace = await mkdtemp(join(tmpdir(), "adjoint-types-"));
    await prepare(workplace, fixtures, names);
    messages = await compile(workplace);
  });

  afterAll(() => rm(workplace, { recursive: true }));

  describe("the editor's messages about shapes", () => {
    it.each(names)("%s: as stated", async (name) => {
      expect(reported(messages, name)).toEqual(await stated(fixtures, name));
    });

    it("are stated for every kind of mistake", async () => {
      const all = await Promise.all(names.map((name) => stated(fixtures, name)));
      expect(all.flat().length).toBeGreaterThanOrEqual(least);
    });
  });
}

/** Makes a project of the fixtures without their directives. */
async function prepare(workplace: string, fixtures: string, names: readonly string[]): Promise<void> {
  const sources = join(fixtures, "../../../src/");
  for (const name of names) {
    const source = await readFile(join(fixtures, name), "utf8");
    const open = source.replaceAll(directive, "// expected: ").replaceAll("../../../src/", sources);
    await writeFile(join(workplace, name), open);
  }
  const config = {
    extends: join(repository, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: false,
      declaration: false,
      isolatedDeclarations: false,
      paths: { "@adjoint/*": [join(repository, "packages/*/src/index.ts")] },
    },
    files: names,
  };
  await writeFile(join(workplace, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(workplace, "tsconfig.json"), JSON.stringify(config));
}

/** The first lines of the compiler's messages about the project in `folder`. */
function compile(folder: string): Promise<string[]> {
  const compiler = createRequire(import.meta.url).resolve("typescript/package.json");
  const tsc = join(dirname(compiler), "bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "--pretty", "false"], { cwd: folder }, (_, output) => {
      resolve(output.split("\n").filter((line) => /^\S+\(\d+,\d+\): error/.test(line)));
    });
  });
}

/** `line: message` for each error that the compiler reports in fixture `name`. */
function reported(messages: readonly string[], name: string): string[] {
  return messages
    .filter((message) => message.startsWith(`${name}(`))
    .map((message) => message.replace(/^[^(]+\((\d+),\d+\): error TS\d+: /, "$1: "));
}

/** `line: message` for each error that fixture `name` states. */
async function stated(fixtures: string, name: string): Promise<string[]> {
  const lines = (await readFile(join(fixtures, name), "utf8")).split("\n");
  return lines.flatMap((line, index) =>
    line.startsWith(directive) ? [`${index + 2}: ${line.slice(directive.length)}`] : [],
  );
}
