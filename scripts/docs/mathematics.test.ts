/** docs/mathematics.md has every op, with the formulas that the code has, and its network has the numbers that it says. */
import { readFileSync } from "node:fs";
import * as autograd from "@adjoint/autograd";
import * as tensors from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { readManifest } from "./manifest.ts";

const page = readFileSync(new URL("../../docs/mathematics.md", import.meta.url), "utf8");
const ops = readManifest();

/** The text behind an op's anchor, up to the next anchor or heading; anchors that stand together share one. */
const sections = new Map(
  Array.from(page.matchAll(/((?:<a id="\w+"><\/a>)+)\n([\s\S]+?)(?=\n<a id=|\n#|$)/g)).flatMap(
    ([, anchors = "", text = ""]) =>
      Array.from(anchors.matchAll(/"(\w+)"/g), ([, name = ""]) => [name, text.replace(/\s+/g, " ")] as const),
  ),
);

/** What the source of an op says of its derivatives: the formulas, and why there are none. */
function statedIn(file: string): string[] {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  return Array.from(source.matchAll(/(?:formula|notDifferentiable):\s*"([^"]+)"/g), ([, text = ""]) => text);
}

describe("docs/mathematics.md", () => {
  it.each(ops)("derives $name, with the code's formulas", ({ name, file }) => {
    const section = sections.get(name);
    expect(section ?? "no anchor", `<a id="${name}"></a> in docs/mathematics.md`).toContain(name);
    for (const formula of statedIn(file)) expect(section).toContain(`\`${formula}\``);
  });

  it("has no op and no formula that the code does not have", () => {
    const names = ops.map(({ name }) => name);
    expect([...sections.keys()].filter((name) => !names.includes(name))).toEqual([]);
    const formulas = ops.flatMap(({ file }) => statedIn(file));
    const written = Array.from(
      page.replace(/\s+/g, " ").matchAll(/`([^`]*\u0304[^`]*|ā[^`]*)`/g),
      ([, text]) => text,
    );
    expect(written.length).toBeGreaterThan(100);
    expect(written.filter((text = "") => !formulas.includes(text))).toEqual([]);
  });

  it("links to headings that it has", () => {
    const anchors = Array.from(page.matchAll(/^#+ (.+)$/gm), ([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    );
    const links = Array.from(page.matchAll(/\]\(#([^)]+)\)/g), ([, anchor]) => anchor);
    expect(links.filter((anchor = "") => !anchors.includes(anchor))).toEqual([]);
  });
});

describe("its network of two layers", () => {
  const [, program = "", printed = ""] = /```ts\n([\s\S]+?)```\n\n```text\n([\s\S]+?)```/.exec(page) ?? [];

  it("prints what the page says", () => {
    const lines: string[] = [];
    const scope = {
      ...tensors,
      ...autograd,
      console: { log: (...words: string[]) => lines.push(words.join(" ")) },
    };
    new Function(...Object.keys(scope), program.replace(/^import .+$/gm, ""))(...Object.values(scope));
    expect(`${lines.join("\n")}\n`).toBe(printed);
  });

  it("has the gradients that the notebooks' formulas give", () => {
    const said = new Map(printed.split("\n").map((line) => line.split(/ +=\s*/) as [string, string]));
    const read = (name: string): number[][] => JSON.parse(said.get(name) ?? "null");
    const [x, y] = [
      [
        [1, 2],
        [3, -1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ];
    const w2 = [
      [0.5, -1, 0.25],
      [-0.5, 1, 0.5],
    ];
    const [z1, a1, z2] = [read("Z1"), read("A1"), read("Z2")];
    const p = z2.map((row) =>
      row.map((z) => Math.exp(z) / row.reduce((sum, other) => sum + Math.exp(other), 0)),
    );
    const dz2 = p.map((row, i) => row.map((value, c) => (value - at(y, i, c)) / 2));
    const da1 = product(dz2, w2);
    const dz1 = da1.map((row, i) => row.map((value, j) => (at(z1, i, j) > 0 ? value : 0)));
    const sums = (rows: number[][]): number[][] => product([rows.map(() => 1)], rows);
    const expected = {
      "∂L/∂Z2": dz2,
      "∂L/∂W2": product(transposed(dz2), a1),
      "∂L/∂b2": sums(dz2)[0],
      "∂L/∂A1": da1,
      "∂L/∂Z1": dz1,
      "∂L/∂W1": product(transposed(dz1), x),
      "∂L/∂b1": sums(dz1)[0],
    };
    for (const [name, value] of Object.entries(expected)) {
      const rounded = JSON.stringify(value, (_, v) => (typeof v === "number" ? Number(v.toFixed(4)) + 0 : v));
      expect(`${name} = ${said.get(name)}`).toBe(`${name} = ${rounded}`);
    }
  });

  it("is walked through with the numbers that it prints", () => {
    const walk = page.slice(page.indexOf("**The logits.**"), page.indexOf("## 4."));
    const numbers = Array.from(walk.matchAll(/\d\.\d{4}/g), ([number]) => number);
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.filter((number) => !printed.includes(number))).toEqual([]);
  });
});

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? Number.NaN;
}

function transposed(rows: readonly (readonly number[])[]): number[][] {
  return (rows[0] ?? []).map((_, j) => rows.map((_row, i) => at(rows, i, j)));
}

function product(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) =>
    (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * at(b, k, j), 0)),
  );
}
