/** Nothing of an op can be forgotten: the folder of ops, the manifest in index.ts and the suites say the same. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const source = new URL("../src/", import.meta.url);
/** The ops by file name without its ending, in alphabetical order, log2 before log10. */
const ops = readdirSync(new URL("ops/", source))
  .filter((file) => !file.endsWith(".test.ts"))
  .map((file) => file.replace(/\.ts$/, ""))
  .sort(new Intl.Collator("en", { numeric: true }).compare);
const manifest = readFileSync(new URL("index.ts", source), "utf8")
  .split("\n")
  .filter((line) => line.includes('"./ops/'));

/** `leaky-relu` holds leakyRelu. */
function functionOf(op: string): string {
  return op.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

describe("the manifest of ops in index.ts", () => {
  it("has one line for each file of ops/, in alphabetical order", () => {
    expect(manifest.map((line) => /"\.\/ops\/(.+)\.ts"/.exec(line)?.[1])).toEqual(ops);
  });
});

describe.each(ops)("ops/%s.ts", (op) => {
  const name = functionOf(op);
  const suite = new URL(`ops/${op}.test.ts`, source);

  it(`exports ${name} from the package`, () => {
    const line = manifest.find((other) => other.includes(`"./ops/${op}.ts"`));
    expect(line ?? "no line").toMatch(new RegExp(`[{,] ${name}[ ,]`));
  });

  it(`defines the op by the name ${name}, or is composed of other ops`, () => {
    const text = readFileSync(new URL(`ops/${op}.ts`, source), "utf8");
    if (text.includes("defineOp")) expect(text).toContain(`name: "${name}"`);
    else expect(text, "a function that defines no op").not.toMatch(/\bapply\(/);
  });

  it("has the suite of every op beside it", () => {
    const text = existsSync(suite) ? readFileSync(suite, "utf8") : "no test file";
    expect(text).toContain(`describeOp("${name}"`);
  });
});
