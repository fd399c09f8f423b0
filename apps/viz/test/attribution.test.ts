// Feature 2: what the page says of where an entry comes from, against the library's numbers in Node.
import { customVjp, mul, sum, Variable } from "@adjoint/autograd";
import { encodeTrace, record, replayBackward, type Trace } from "@adjoint/autograd/graph";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { attribute, split, type Term } from "../src/attribution/attribution.ts";
import { entryWithout, examplesOf } from "../src/attribution/examples.ts";
import type { EntryPlace } from "../src/attribution/places.ts";
import { type Portion, portionsOf } from "../src/attribution/portions.ts";
import { entryName } from "../src/entry-name.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { goToHash, hashOf, idle } from "./inspector-page.ts";

const fixture = recordStep(digitsProgram(32, 0), 0, {});
const programOfF = "#program=digits&hidden=32&seed=0&steps=0";

function idOf({ nodes }: Trace, what: string): number {
  return nodes.find(({ op, name }) => op === what || name === what)?.id ?? -1;
}

function adjointOf(trace: Trace, node: number): readonly number[] {
  return Array.from(trace.passes[0]?.steps.find((step) => step.node === node)?.adjoint.data ?? []);
}

/** Where a gradient is farthest from 0. */
function peakOf(trace: Trace, node: number): EntryPlace {
  const numbers = adjointOf(trace, node).map(Math.abs);
  return { node, index: numbers.indexOf(Math.max(...numbers)) };
}

/** What the library says of the entry's edges: each share, and its portions. */
function expected(trace: Trace, entry: EntryPlace): { share: number; portions: readonly Portion[] }[] {
  return attribute(trace, 0, entry).shares.flatMap(({ edge, value }) => {
    if (edge === null) return [];
    const parts = split(trace, 0, edge.consumer, edge.input, entry.index);
    return [{ share: value, portions: portionsOf(parts, edge.consumer, examplesOf(trace)).portions ?? [] }];
  });
}

/** The numbers with a role below `selector`, as they are shown. */
function numbers(page: Page, selector: string, role: string): Promise<number[]> {
  return page.$$eval(`${selector} [data-role=${role}][data-exact]`, (all) =>
    all.map((each) => Number(each.getAttribute("data-exact"))),
  );
}

/** Brings all portions of all shares onto the page. */
async function unfold(page: Page): Promise<void> {
  for (const more of await page.locator(".share .more:visible").all()) await more.click();
  await idle(page);
}

/** Expects the very same numbers. */
function expectSame(actual: readonly number[], wanted: readonly number[], what: string): void {
  expect(actual.length, what).toBe(wanted.length);
  const wrong = wanted.findIndex((x, i) => !Object.is(x, actual[i]));
  expect(wrong, `${what}: ${actual[wrong]}, and ${wanted[wrong]} in the library`).toBe(-1);
}

const total = (parts: readonly number[]): number => parts.reduce((a, b) => a + b, 0);
const weight = (parts: readonly number[]): number => total(parts.map(Math.abs));

describe.skipIf(!hasBrowser)("where an entry of a gradient comes from", () => {
  const bench = benchOfTests();

  const openAt = ({ node, index }: EntryPlace, width?: number): Promise<Page> =>
    bench.open(`${programOfF}&step=99&node=${node}&entry=${index}`, width);

  async function openFile(trace: Trace): Promise<Page> {
    const page = await bench.open("#program=expression");
    const buffer = Buffer.from(encodeTrace(trace));
    await page.setInputFiles("#file", { name: "a.trace", mimeType: "", buffer });
    await idle(page);
    return page;
  }

  it.each([
    ["a weight, by example", "0.weight", "Example"],
    ["a bias, by example", "0.bias", "Example"],
    ["the second weight, by example", "2.weight", "Example"],
    ["an activation, by unit", "relu", "Unit"],
    ["what a ReLU let through", "add", "One term"],
    ["a logit, which a softmax mixes", "the last add", "Unit"],
  ])("takes %s, apart on F, to the last bit", async (_name, what, word) => {
    const logits = fixture.nodes.findLast(({ op }) => op === "add")?.id ?? -1;
    const entry = peakOf(fixture, what === "the last add" ? logits : idOf(fixture, what));
    const page = await openAt(entry);
    await unfold(page);
    const wanted = expected(fixture, entry);
    const value = adjointOf(fixture, entry.node)[entry.index] ?? Number.NaN;
    expectSame(await numbers(page, ".entry", "entry-adjoint"), [value], "the entry");
    const shares = await numbers(page, ".origin", "share");
    expectSame(
      shares,
      wanted.map(({ share }) => share),
      "shares",
    );
    expect(Math.abs(total(shares) - value)).toBeLessThanOrEqual(1e-12 * weight(shares));
    const all = wanted.flatMap(({ portions }) => portions);
    const portions = await numbers(page, ".origin", "portion");
    expectSame(
      portions,
      all.map((portion) => portion.value),
      "portions",
    );
    expect(Math.abs(total(portions) - value)).toBeLessThanOrEqual(1e-12 * weight(portions));
    const terms = all.flatMap((portion): readonly Term[] => portion.terms);
    const [gradients, factors] = [
      await numbers(page, ".origin", "gradient"),
      await numbers(page, ".origin", "factor"),
    ];
    expectSame(
      gradients,
      terms.map(({ gradient }) => gradient.value),
      "gradients",
    );
    expectSame(
      factors,
      terms.map(({ factor }) => factor.value),
      "factors",
    );
    const names = await page.locator(".portion-name").allTextContents();
    expect(names.every((name) => name.startsWith(word))).toBe(true);
    const pictures = await page.locator(".portion canvas").count();
    expect(pictures).toBe(word === "Example" ? 8 : 0);
    await page.close();
  });

  it("sorts by magnitude, five first, and says how many more there are", async () => {
    const page = await openAt(peakOf(fixture, idOf(fixture, "0.weight")));
    const shown = await numbers(page, ".origin", "portion");
    expect(shown.length).toBe(5);
    expect(shown).toEqual([...shown].sort((a, b) => Math.abs(b) - Math.abs(a)));
    expect(await page.locator(".share .more").textContent()).toMatch(/^3 more/);
    await page.close();
  });

  it("leads on by clicks, term by term, to the seed, and back by its crumbs", async () => {
    const start = peakOf(fixture, idOf(fixture, "0.weight"));
    const page = await bench.open(`${programOfF}&step=99&node=${start.node}`);
    await page.click(`[data-role=adjoint] td[data-index="${start.index}"]`);
    await idle(page);
    const names: string[] = [];
    for (let entry: EntryPlace | undefined = start; entry !== undefined; ) {
      const node = fixture.nodes[entry.node];
      if (node === undefined) throw new Error("no node");
      names.push(entryName(node, entry.index));
      expect(await page.locator(".entry h2").textContent()).toBe(names.at(-1));
      const gradient: EntryPlace | undefined = expected(fixture, entry)[0]?.portions[0]?.terms[0]?.gradient;
      if (gradient !== undefined) await page.locator(".factor.gradient").first().click();
      await idle(page);
      entry = gradient;
    }
    expect(names.length).toBe(11);
    expect(await page.locator(".origin").textContent()).toContain("It is the seed");
    expect(await page.locator(".crumbs li").allTextContents()).toEqual(names);
    const again = await bench.open(await hashOf(page));
    expect(await again.locator(".crumbs li").allTextContents()).toEqual(names);
    await again.close();
    await page.locator(".crumbs button").nth(3).click();
    await idle(page);
    expect(await page.locator(".entry h2").textContent()).toBe(names[3]);
    expect(await page.locator(".crumbs li").allTextContents()).toEqual(names.slice(0, 4));
    await page.locator(".crumbs button").first().click();
    await idle(page);
    await page.click(".to-seed");
    await idle(page);
    expect(await page.locator(".crumbs li").allTextContents()).toEqual(names);
    await page.keyboard.press("Escape");
    expect(await page.locator("#panel .step").count()).toBe(1);
    await page.close();
  });

  it("leads on by keyboard: arrows in the grid, Enter, and Tab to the first gradient", async () => {
    const start = peakOf(fixture, idOf(fixture, "2.weight"));
    const page = await bench.open(`${programOfF}&step=99&node=${start.node}`);
    const position = await page.locator("#position").textContent();
    await page.focus(`[data-role=adjoint] td[data-index="${start.index}"]`);
    for (const key of ["ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"]) {
      await page.keyboard.press(key);
    }
    // [1, 6] and four columns on; the window followed.
    const index = start.index - 32 + 4;
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-index"))).toBe(String(index));
    await page.keyboard.press("Enter");
    await idle(page);
    const node = fixture.nodes[start.node];
    expect(await page.locator(".entry h2").textContent()).toBe(node && entryName(node, index));
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H2");
    const isGradient = (): Promise<boolean> =>
      page.evaluate(() => document.activeElement?.matches(".factor.gradient") === true);
    for (let presses = 0; presses < 12 && !(await isGradient()); presses++) await page.keyboard.press("Tab");
    expect(await isGradient()).toBe(true);
    await page.keyboard.press("Enter");
    await idle(page);
    const gradient = expected(fixture, { node: start.node, index })[0]?.portions[0]?.terms[0]?.gradient;
    const on = fixture.nodes[gradient?.node ?? -1];
    expect(await page.locator(".entry h2").textContent()).toBe(on && entryName(on, gradient?.index ?? -1));
    // The arrows moved in the grid, and not the pass.
    expect(await page.locator("#position").textContent()).toBe(position);
    await page.close();
  });

  it("runs again without the top example, which changes the entry by the term that was shown", async () => {
    const [node, layer, images] = [
      idOf(fixture, "0.weight"),
      idOf(fixture, "linear"),
      idOf(fixture, "images"),
    ];
    const entry = peakOf(fixture, node);
    const page = await openAt(entry);
    const [top] = expected(fixture, entry)[0]?.portions ?? [];
    const example = top?.position ?? -1;
    await page.locator(".without button").first().click();
    await idle(page);
    await unfold(page);
    const parts = await numbers(page, ".origin", "portion");
    const [after = Number.NaN] = await numbers(page, ".without", "without");
    const [change = Number.NaN] = await numbers(page, ".without", "change");
    expect(Object.is(after, entryWithout(fixture, 0, entry, layer, 0, example))).toBe(true);
    const bound = 1e-12 * weight(parts);
    expect(Math.abs(change - (top?.value ?? Number.NaN))).toBeLessThanOrEqual(bound);
    expect(Math.abs(change)).toBeGreaterThan(1e6 * bound);
    expect(await page.locator(".without .good").count()).toBe(1);
    // The same by another way: the example's pixels put to 0, forward and backward run again.
    const pixels = Float64Array.from(fixture.nodes[images]?.value?.data ?? [], (x, i) =>
      Math.floor(i / 784) === example ? 0 : x,
    );
    const set = new Map([[images, tensor(pixels, { shape: [8, 784] }) as Tensor]]);
    const blank = replayBackward(fixture, 0, { set }).adjoints.get(node)?.toTypedArray()[entry.index];
    expect(Math.abs((blank ?? Number.NaN) - after)).toBeLessThanOrEqual(bound);
    await page.close();
  });

  it("can be asked of every tensor of a step: what comes in, contributions, sums and arrivals", async () => {
    const page = await bench.open(`${programOfF}&step=9`);
    const step = fixture.passes[0]?.steps.filter(({ node }) => fixture.nodes[node]?.kind === "op")[8];
    for (const role of ["incoming", "contribution", "arrival"]) {
      await page.locator(`[data-role=${role}] td[data-index]`).first().click();
      await idle(page);
      const chosen = Number(await page.locator(".entry").getAttribute("data-node"));
      const wanted = role === "incoming" ? [step?.node] : step?.contributions.map(({ target }) => target);
      expect(wanted).toContain(chosen);
      await page.keyboard.press("Escape");
      expect(await page.locator("#panel .step").getAttribute("data-step")).toBe("9");
    }
    await page.close();
  });

  it("gives a number that is used three times three shares, and the sum", async () => {
    const text = encodeURIComponent("a = 3; b = a*a; b + a");
    const page = await bench.open(`#program=expression&expression=${text}&step=2&node=0&entry=0`);
    expect((await numbers(page, ".origin", "share")).toSorted()).toEqual([1, 3, 3]);
    expect(await numbers(page, ".origin", "total")).toEqual([7]);
    expect(await page.locator(".sum-line").first().textContent()).toBe("1 + 3 + 3 = 7");
    await page.close();
  });

  it("says what no edge accounts for, and why something does not come apart", async () => {
    const double = customVjp(
      (x: Tensor) => x.mul(2),
      (g) => [mul(g, 2)],
    );
    const x = new Variable(new Generator(2).normal([3], { dtype: "float64" }), { requiresGrad: true });
    const hooked = record(() => {
      const y = mul(double(x), 2) as Variable;
      y.hook((g) => mul(g, 10));
      (sum(y) as Variable).backward();
    });
    const product = hooked.nodes.find(({ op }) => op === "mul")?.id ?? -1;
    const page = await openFile(hooked);
    await page.keyboard.press("End");
    await page.locator(`.card[data-key=n${product}]`).dispatchEvent("click");
    await page.locator("[data-role=adjoint] td[data-index='1']").click();
    await idle(page);
    expectSame(
      await numbers(page, ".origin", "rest"),
      [attribute(hooked, 0, { node: product, index: 1 }).rest],
      "rest",
    );
    expect(await page.locator(".rest.unexplained").textContent()).toContain("a hook put it there");
    await page.keyboard.press("Escape");
    await page.locator(".card[data-kind=leaf]").dispatchEvent("click");
    await page.locator("[data-role=adjoint] td[data-index='1']").click();
    await idle(page);
    expect(await page.locator(".share .quiet").textContent()).toContain("is no op of the library");
    await page.close();
  });

  it.each([1280, 390])("fits a width of %i: no table and no panel is wider than its place", async (width) => {
    const page = await openAt(peakOf(fixture, idOf(fixture, "0.weight")), width);
    const overflow = (): Promise<number[]> =>
      page.$$eval(".tab-body, .tab-body table", (all) =>
        all.map((each) => each.scrollWidth - each.clientWidth),
      );
    const inPanel = (): Promise<boolean> =>
      page.$$eval(".tab-body table, .portion", (all) =>
        all.every(
          (each) =>
            each.getBoundingClientRect().right <=
            (each.closest("#panel")?.getBoundingClientRect().right ?? 0),
        ),
      );
    for (const hash of ["&step=4", "&step=10", `&node=1`, `&node=1&entry=5083`]) {
      await goToHash(page, programOfF + hash);
      await idle(page);
      expect(Math.max(...(await overflow())), hash).toBeLessThanOrEqual(0);
      expect(await inPanel(), hash).toBe(true);
    }
    await page.close();
  });
});
