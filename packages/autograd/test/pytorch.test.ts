/** Every op against PyTorch: values, gradients, and products with second derivatives that nobody here computed. */
import { readFileSync } from "node:fs";
import type { Tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { compute, type FlatTensor, notInPytorch, readCases, toTensor } from "./pytorch-cases.ts";

/** Cases in which we differ from PyTorch 1.13 on purpose, with the reason; the test asks that they do differ. */
const differences: Readonly<Record<string, string>> = {
  "hypot: at the origin": "it is the norm of two numbers, whose derivative at 0 is 0 in PyTorch too",
  "softplus: beyond 20": "PyTorch takes x itself beyond 20, which leaves out up to 2e-9",
  "pow: number 0.5 of −0":
    "PyTorch takes 1/√x for the exponent −½ that the derivative has, which is −∞ at −0; IEEE 754's power is +∞",
};

const cases = readCases("pytorch.json");
const manifest = [
  ...readFileSync(new URL("../src/index.ts", import.meta.url), "utf8").matchAll(/"\.\/ops\/(.+)\.ts"/g),
].map(([, file = ""]) => file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));

describe("the fixtures of PyTorch", () => {
  it.each(manifest)("have cases of %s, or a reason says why not", (op) => {
    const found = cases.some((test) => test.op === op);
    if (found === op in notInPytorch) {
      expect.fail(
        `[${op}] has ${found ? "both cases and a reason" : "no case"}. Add one to fixtures/make_fixtures.py and run it, or give a reason in notInPytorch.`,
      );
    }
  });

  it("name ops of the manifest only", () => {
    expect(cases.map(({ op }) => op).filter((op) => !manifest.includes(op))).toEqual([]);
    expect(Object.keys(notInPytorch).filter((op) => !manifest.includes(op))).toEqual([]);
  });

  it("fit into 300 kB", () => {
    expect(readFileSync(new URL("fixtures/pytorch.json", import.meta.url)).length).toBeLessThan(300_000);
  });
});

describe("as PyTorch computes it", () => {
  for (const test of cases) {
    const title = `${test.op}: ${test.name}`;
    const reason = differences[title];
    const compare = (): void => {
      const { outputs, gradients, second } = compute(test);
      const exact = test.exact === true;
      expectSame("output", outputs, test.outputs, exact);
      expectSame("gradient", gradients, test.gradients ?? [], exact);
      if (test.second !== undefined) expectSame("second-order product", second, test.second, exact);
    };
    if (reason === undefined) it(title, compare);
    else it(`not ${title}: ${reason}`, () => expect(compare).toThrow());
  }
});

/** Equal in number, shapes, dtypes and numbers; a null in the fixture stands for zeros. */
function expectSame(
  what: string,
  actual: readonly Tensor[],
  expected: readonly (FlatTensor | null)[],
  exact: boolean,
): void {
  expect(actual.length, `number of ${what}s`).toBe(expected.length);
  for (const [position, x] of actual.entries()) {
    const flat = expected[position];
    const wanted = flat ? toTensor(flat) : x.mul(0);
    expect(x.shape, `shape of ${what} ${position}`).toEqual(wanted.shape);
    expect(x.dtype, `dtype of ${what} ${position}`).toEqual(wanted.dtype);
    const [a, b] = [x.toTypedArray(), wanted.toTypedArray()];
    const size = Math.max(0, ...Array.from(b, Math.abs).filter(Number.isFinite));
    // Libraries of mathematical functions differ in the last digit of what is then subtracted.
    const room = (x.dtype === "float32" ? 1e-6 : 1e-12) * size;
    for (let i = 0; i < b.length; i++) {
      const [found, number] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
      const gap = Math.abs(found - number);
      // Exact is exact for whole numbers (0 and −0 alike), infinities and NaN; a fraction may go through an engine's own power or
      // exponential, whose last digit changes with its version (Node 24's differs from Node 20's).
      const allowed = !exact ? room : Math.abs(number % 1) > 0 ? 2 * Number.EPSILON * Math.abs(number) : 0;
      if (Object.is(found, number) || gap <= allowed) continue;
      expect.fail(
        `${what} ${position}, element ${i}: actual ${text(found)}, PyTorch ${text(number)}, gap ${gap}`,
      );
    }
  }
}

function text(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}
