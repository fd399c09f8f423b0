// Feature 12: what the page says of two traces, against sets and the library's subtraction in Node.
import { encodeTrace, type Trace, type TraceTensor } from "@adjoint/autograd/graph";
import { fromTypedArray, type Tensor } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { expressionProgram } from "../src/programs/expression.ts";
import { recordStep } from "../src/programs/program.ts";
import { xorProgram } from "../src/programs/xor.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { goToHash, hashOf, idle } from "./inspector-page.ts";

const xorAfter = (steps: number): Trace => recordStep(xorProgram(0), steps, {});

/** Value and adjoint of each node. */
function tensorsOf({ nodes, passes }: Trace): Map<number, Record<Which, TraceTensor | null>> {
  const adjoints = new Map(passes[0]?.steps.map(({ node, adjoint }) => [node, adjoint]));
  return new Map(nodes.map(({ id, value }) => [id, { value, adjoint: adjoints.get(id) ?? null }]));
}

type Which = "value" | "adjoint";

const tensorOf = ({ data, shape }: TraceTensor): Tensor => {
  if (data === null) throw new Error("the numbers were not kept");
  return fromTypedArray(data, [...shape]);
};

/** second − first, by the library. */
function subtracted(first: TraceTensor, second: TraceTensor): number[] {
  return Array.from(tensorOf(second).sub(tensorOf(first)).toTypedArray(), Number);
}

const farthest = (numbers: Iterable<number>): number => Math.max(0, ...Array.from(numbers, Math.abs));

/** What the page writes as relative: the largest difference by the largest magnitude of both sides. */
function relative(first: TraceTensor, second: TraceTensor): number {
  const largest = farthest(subtracted(first, second));
  const scale = Math.max(farthest(first.data ?? []), farthest(second.data ?? []));
  return largest === 0 ? 0 : largest / scale;
}

const counts = (page: Page): Promise<Record<string, number>> =>
  page.$$eval(".count", (found) =>
    Object.fromEntries(
      found.map((each) => [each.getAttribute("data-status"), Number(each.querySelector("b")?.textContent)]),
    ),
  );

/** The listed nodes by status, as their titles. */
const listed = (page: Page): Promise<string[]> =>
  page.$$eval(".difference-rows > li", (rows) =>
    rows
      .map((row) => `${row.getAttribute("data-status")} ${row.querySelector(".name b")?.textContent}`)
      .sort(),
  );

const exact = (page: Page, selector: string): Promise<number[]> =>
  page.$$eval(selector, (found) => found.map((each) => Number(each.getAttribute("data-exact"))));

async function record(page: Page, field: string, text: string): Promise<void> {
  await page.fill(`[name=${field}]`, text);
  await page.click("text=Record");
  await idle(page);
}

describe.skipIf(!hasBrowser)("the comparison in the page", () => {
  const bench = benchOfTests();

  it("of two steps of a run has the library's numbers, for every node", async () => {
    const [first, second] = [tensorsOf(xorAfter(2)), tensorsOf(xorAfter(20))];
    const differing = new Map<number, Record<Which, number>>();
    for (const [id, after] of second) {
      const before = first.get(id);
      const gap = (which: Which): number => {
        const [p, q] = [before?.[which] ?? null, after[which]];
        return p === null || q === null ? 0 : relative(p, q);
      };
      const gaps = { value: gap("value"), adjoint: gap("adjoint") };
      if (gaps.value > 0 || gaps.adjoint > 0) differing.set(id, gaps);
    }

    const page = await bench.open("#program=xor&seed=0&steps=2&tab=compare");
    await page.focus("#compare-keep");
    await page.keyboard.press("Enter");
    await idle(page);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("compare-keep");
    expect(await page.locator(".compare-says").textContent()).toContain("is the reference itself");
    await record(page, "steps", "20");

    const same = second.size - differing.size;
    expect(same).toBeGreaterThan(0);
    expect(await counts(page)).toEqual({ changed: differing.size, added: 0, removed: 0, same });
    expect(await page.locator("#tab-compare .badge").textContent()).toBe(String(differing.size));
    const rows = await page.$$eval(".difference-rows > li", (all) =>
      all.map((row) => {
        const number = (which: string): number =>
          Number(row.querySelector(`[data-relative=${which}]`)?.getAttribute("data-exact") ?? 0);
        return {
          node: Number(row.getAttribute("data-node")),
          value: number("value"),
          adjoint: number("gradient"),
        };
      }),
    );
    expect(new Set(rows.map(({ node }) => node))).toEqual(new Set(differing.keys()));
    for (const { node, value, adjoint } of rows) {
      const gaps = differing.get(node);
      expect(Object.is(value, gaps?.value) && Object.is(adjoint, gaps?.adjoint), `node ${node}`).toBe(true);
    }
    const largest = rows.map(({ value, adjoint }) => Math.max(value, adjoint));
    expect(largest).toEqual([...largest].sort((a, b) => b - a));
    // The graph says the same.
    const marked = await page.$$eval(".card[data-marks=changed]", (cards) =>
      cards.map((card) => Number(card.getAttribute("data-key")?.slice(1))),
    );
    expect(new Set(marked)).toEqual(new Set(differing.keys()));
    await page.close();
  });

  it("shows both sides of a node and the library's difference, in the list and in the details", async () => {
    const [a, b] = [xorAfter(0), xorAfter(7)];
    const id = b.nodes.find(({ name }) => name === "0.weight")?.id ?? -1;
    const [before, after] = [tensorsOf(a).get(id), tensorsOf(b).get(id)];
    if (before?.value == null || after?.value == null || before.adjoint === null || after.adjoint === null) {
      throw new Error("no tensors");
    }
    const page = await bench.open("#program=xor&seed=0&steps=0&tab=compare");
    await page.click("#compare-keep");
    await record(page, "steps", "7");
    await page.click(`.difference-rows > li[data-node="${id}"] > button`);
    await idle(page);
    const check = async (place: string): Promise<void> => {
      for (const [which, p, q] of [
        ["value", before.value, after.value],
        ["adjoint", before.adjoint, after.adjoint],
      ] as const) {
        if (p?.data == null || q?.data == null) throw new Error("no numbers");
        const part = `${place} [data-part=${which}]`;
        const gaps = subtracted(p, q);
        const shown = await page.$$eval(`${part} .entry-differences tbody tr`, (all) =>
          all.map((row) => {
            const side = (name: string): number =>
              Number(row.querySelector(`[data-side=${name}]`)?.getAttribute("data-exact"));
            const [reference, now, difference] = [side("reference"), side("shown"), side("difference")];
            return { index: Number(row.getAttribute("data-index")), reference, now, difference };
          }),
        );
        const order = [...gaps.keys()].sort((i, j) => Math.abs(gaps[j] ?? 0) - Math.abs(gaps[i] ?? 0));
        expect(shown.map(({ index }) => index)).toEqual(order.slice(0, 6));
        for (const { index, reference, now, difference } of shown) {
          expect(Object.is(reference, p.data[index]), `reference ${index}`).toBe(true);
          expect(Object.is(now, q.data[index]), `shown ${index}`).toBe(true);
          expect(Object.is(difference, gaps[index]), `difference ${index}`).toBe(true);
        }
        const picture = await page.$$eval(`${part} [data-role=difference-${which}] [data-index]`, (cells) =>
          cells.map((cell) => [
            Number(cell.getAttribute("data-index")),
            Number(cell.getAttribute("data-exact")),
          ]),
        );
        expect(picture.length).toBe(gaps.length);
        for (const [index = -1, x] of picture) expect(Object.is(x, gaps[index]), `cell ${index}`).toBe(true);
      }
    };
    await check(".difference-rows");
    await page.click("#tab-details");
    await idle(page);
    expect(await page.locator(".compare-section h3").textContent()).toBe(
      "Compared with xor: seed 0, steps 0",
    );
    await check(".compare-section");
    await page.close();
  });

  it("finds what was added and removed, as sets say, and tells where it stood", async () => {
    const texts = ["a = 0.2; b = 3; exp(tanh(a*b) - b)", "a = 0.2; b = 3; c = 5; exp(a*b - b) + c"] as const;
    const [first, second] = texts.map((text) => recordStep(expressionProgram(text), 0, {}));
    if (first === undefined || second === undefined) throw new Error("no traces");
    // Every op and name stands once in each.
    const titles = ({ nodes }: Trace): Set<string> => new Set(nodes.map(({ name, op }) => name ?? op));
    const [before, after] = [titles(first), titles(second)];
    const hash = (text: string): string =>
      `#program=expression&expression=${encodeURIComponent(text)}&tab=compare`;
    const page = await bench.open(hash(texts[0]));
    await page.click("#compare-keep");
    await record(page, "expression", texts[1]);
    await page.click(".count[data-status=changed]");
    expect(await listed(page)).toEqual(
      [
        ...[...after].filter((title) => !before.has(title)).map((title) => `added ${title}`),
        ...[...before].filter((title) => !after.has(title)).map((title) => `removed ${title}`),
      ].sort(),
    );
    expect(await page.locator("[data-status=removed] .name small").textContent()).toBe("after mul");
    await page.click("[data-status=removed] > .difference-row");
    await idle(page);
    const tanh = first.nodes.find(({ op }) => op === "tanh")?.value?.data?.[0];
    expect(await exact(page, "[data-role=reference-value] [data-exact]")).toEqual([tanh]);

    // The other way round.
    const forth = await counts(page);
    await page.click("#compare-swap");
    await idle(page);
    expect(await counts(page)).toEqual({ ...forth, added: forth.removed, removed: forth.added });
    expect(await page.locator("[data-side=shown]").textContent()).toBe(texts[0]);
    expect(new URLSearchParams((await hashOf(page)).slice(1)).get("expression")).toBe(texts[0]);
    await page.click("#compare-stop");
    await idle(page);
    expect(await page.locator("#tab-compare .badge").textContent()).toBe("");
    expect(await page.locator(".compare-section").count()).toBe(0);
    expect(await page.locator(".card[data-marks]").count()).toBe(0);
    expect(await page.locator(".difference-rows").isVisible()).toBe(false);
    await page.close();
  });

  it("takes a file as the reference; a malformed one is refused, and the comparison goes on", async () => {
    const page = await bench.open("#program=xor&seed=0&steps=4&tab=compare");
    const open = async (name: string, bytes: Uint8Array): Promise<void> => {
      await page.setInputFiles("#compare-file", { name, mimeType: "", buffer: Buffer.from(bytes) });
      await idle(page);
    };
    await open("four.trace", encodeTrace(xorAfter(4)));
    expect(await page.locator("[data-side=reference]").first().textContent()).toBe("four.trace");
    const nodes = xorAfter(4).nodes.length;
    expect(await counts(page)).toEqual({ changed: 0, added: 0, removed: 0, same: nodes });
    expect(await page.locator(".compare-list > .quiet").textContent()).toBe(
      "Nothing differs, to the last bit.",
    );
    await open("bad.trace", new TextEncoder().encode("no trace at all, though long enough to look at"));
    expect(await page.locator(".compare-says").textContent()).toContain("[decodeTrace]");
    expect(await counts(page)).toEqual({ changed: 0, added: 0, removed: 0, same: nodes });
    await record(page, "steps", "5");
    expect((await counts(page)).changed).toBeGreaterThan(5);
    await page.close();
  });

  it("of several asked for in a row shows the last, and follows the run that is scrubbed", async () => {
    const page = await bench.open("#program=xor&seed=0&train=30&at=3&tab=compare");
    await page.click("#compare-keep");
    await idle(page);
    const weight = xorAfter(0).nodes.find(({ name }) => name === "0.weight")?.id ?? -1;
    const valueAfter = (steps: number): TraceTensor => {
      const value = tensorsOf(xorAfter(steps)).get(weight)?.value;
      if (value == null) throw new Error("no value");
      return value;
    };
    for (const at of [9, 20, 12]) {
      await goToHash(page, `#program=xor&seed=0&train=30&at=${at}&tab=compare`);
    }
    await idle(page);
    const [shown] = await exact(page, `[data-node="${weight}"] [data-relative=value]`);
    expect(shown).toBeGreaterThan(0);
    expect(Object.is(shown, relative(valueAfter(2), valueAfter(11)))).toBe(true);
    await page.close();
  });
});
