// Feature 14, the data: every op that a program of the page applied leads to its line, which says what was applied.
import { readFileSync } from "node:fs";
import { decodeTrace, type Trace } from "@adjoint/autograd/graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { codePlaces } from "../src/code-places.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { expressionProgram } from "../src/programs/expression.ts";
import { recordStep } from "../src/programs/program.ts";
import { xorProgram } from "../src/programs/xor.ts";
import { InspectorBench } from "./inspector-page.ts";

const sourceOf = (name: string): string =>
  readFileSync(new URL(`../src/programs/${name}.ts`, import.meta.url), "utf8");

/** The text from a node's place to the end of its line. */
function codeAt(trace: Trace, node: number): string {
  const { files, placeOf } = codePlaces(trace);
  const place = placeOf(node);
  const text = files.find(({ address }) => address === place?.address)?.text;
  return text?.split("\n")[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1) ?? "";
}

describe("places of an expression", () => {
  it("lead each op to its operator or its function", () => {
    const text = "a = 2; b = -3;\nc = -(a*b) + a/b - a^2; tanh(log(c - 1) * 2)";
    const trace = recordStep(expressionProgram(text), 0, {});
    const code = trace.nodes.filter(({ kind }) => kind === "op").map(({ id, op }) => [op, codeAt(trace, id)]);
    expect(code.map(([op, at]) => `${op} at ${at?.slice(0, 4)}`)).toMatchInlineSnapshot(`
      [
        "mul at *b) ",
        "neg at -(a*",
        "div at /b -",
        "add at + a/",
        "pow at ^2; ",
        "sub at - a^",
        "sub at - 1)",
        "log at log(",
        "mul at * 2)",
        "tanh at tanh",
      ]
    `);
    expect(codePlaces(trace).files.map(({ name, text: kept }) => [name, kept])).toEqual([
      ["expression", text],
    ]);
  });
});

describe.skipIf(!hasBrowser)("places of the page's programs, out of a minified bundle", () => {
  let bench: InspectorBench;

  beforeAll(async () => {
    bench = await InspectorBench.start();
  });

  afterAll(async () => {
    await bench?.stop();
  });

  /** The trace that the page recorded, as it saves it. */
  async function recorded(hash: string): Promise<Trace> {
    const page = await bench.open(hash);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const bytes = readFileSync(await download.path());
    await page.close();
    return decodeTrace(Uint8Array.from(bytes));
  }

  it.each([
    ["#program=digits", "digits", digitsProgram(32, 0), /^(forward\(|crossEntropy\()/],
    ["#program=xor&seed=3", "xor", xorProgram(3), /^(forward\(|mseLoss\()/],
  ] as const)(
    "%s: each op leads to the call in the real file, as in Node",
    async (hash, name, program, call) => {
      const trace = await recorded(hash);
      const { files, placeOf } = codePlaces(trace);
      expect(files.map((file) => file.address)).toEqual([`programs/${name}.ts`]);
      expect(files[0]?.text).toBe(sourceOf(name));
      const ops = trace.nodes.filter(({ kind }) => kind === "op");
      expect(ops.length).toBeGreaterThan(5);
      for (const { id, op } of ops) expect(codeAt(trace, id), op).toMatch(call);
      const inLines = [...(files[0]?.lines.values() ?? [])].flat();
      expect(inLines).toEqual(ops.map(({ id }) => id));
      // What Node's stack says of the same program, line for line.
      const here = codePlaces(recordStep(program, 0, {}));
      expect(ops.map(({ id }) => placeOf(id)?.line)).toEqual(ops.map(({ id }) => here.placeOf(id)?.line));
    },
  );
});
