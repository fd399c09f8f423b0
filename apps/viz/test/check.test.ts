// Feature 4: finite differences in the page, against the library's in Node; wrong rules go red, kinks are named.
import { apply, defineOp, exp, mul, relu, sub, sum, type Value, Variable } from "@adjoint/autograd";
import {
  checkNode,
  checkPassSteps,
  encodeTrace,
  type PassCheck,
  record,
  type Trace,
  type TraceTensor,
} from "@adjoint/autograd/graph";
import { type Tensor, tensor } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { idle } from "./inspector-page.ts";

const fixture = recordStep(digitsProgram(32, 0), 0, {});
const programOfF = "#program=digits&hidden=32&seed=0&steps=0";

function idOf({ nodes }: Trace, what: string): number {
  return nodes.find(({ op, name }) => op === what || name === what)?.id ?? -1;
}

/** tanh with the library's formula, and a rule that lacks the square: wrong where tanh x is neither 0 nor 1. */
const wrongTanh = defineOp<[Tensor]>({
  name: "tanh",
  forward: ([x]) => x.tanh(),
  vjp: [
    { formula: "x̄ = g · (1 − y²)", saves: ["output"], rule: (g, saved) => mul(g, sub(1, saved.output())) },
  ],
});

/** The trace of Σ exp(f(2x)) for an x of three entries. */
function traceOf(f: (x: Value) => Value, numbers: readonly number[], dtype: "float32" | "float64"): Trace {
  const values = dtype === "float64" ? Float64Array.from(numbers) : Float32Array.from(numbers);
  const x = new Variable(tensor(values, { shape: [numbers.length] }) as Tensor, { requiresGrad: true });
  return record(() => (sum(exp(f(mul(x, 2)))) as Variable).backward());
}

function checkPass(trace: Trace): PassCheck {
  const steps = checkPassSteps(trace, 0);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

interface Row {
  readonly index: number;
  readonly verdict: string | null;
  readonly analytic: number;
  readonly numeric: number;
  readonly relativeError: number;
}

/** The rows of the entries, as they are shown, by entry. */
async function rows(page: Page): Promise<Row[]> {
  const more = page.locator(".check .more");
  if ((await more.count()) > 0) await more.click();
  const found = await page.$$eval(".check-entries tbody tr", (all) =>
    all.map((row) => {
      const exact = (role: string): number =>
        Number(row.querySelector(`[data-role=${role}]`)?.getAttribute("data-exact"));
      return {
        index: Number(row.getAttribute("data-index")),
        verdict: row.getAttribute("data-verdict"),
        analytic: exact("analytic"),
        numeric: exact("numeric"),
        relativeError: exact("relative-error"),
      };
    }),
  );
  return found.sort((a, b) => a.index - b.index);
}

async function press(page: Page): Promise<void> {
  await page.click(".check-run button");
  await idle(page);
}

describe.skipIf(!hasBrowser)("the check against finite differences", () => {
  const bench = benchOfTests();

  async function openFile(trace: Trace, node: number): Promise<Page> {
    const page = await bench.open("#program=expression");
    const buffer = Buffer.from(encodeTrace(trace));
    await page.setInputFiles("#file", { name: "a.trace", mimeType: "", buffer });
    await idle(page);
    await page.locator(`.card[data-key=n${node}]`).dispatchEvent("click");
    return page;
  }

  const cardText = async (page: Page, node: number): Promise<string> =>
    (await page.locator(`.card[data-key=n${node}]`).textContent()) ?? "";

  it.each(["0.weight", "0.bias", "relu", "logSoftmax"])(
    "agrees with %s of F within 1e-6; its numbers are the library's",
    async (what) => {
      const node = idOf(fixture, what);
      const page = await bench.open(`${programOfF}&node=${node}`);
      await press(page);
      const { entries, size } = checkNode(fixture, 0, node);
      const shown = await rows(page);
      expect(shown.map(({ index }) => index)).toEqual(entries.map(({ index }) => index));
      for (const [i, entry] of entries.entries()) {
        const row = shown[i];
        expect(row?.verdict).toBe("ok");
        for (const number of ["analytic", "numeric", "relativeError"] as const)
          expect(Object.is(row?.[number], entry[number]), `${number} of ${entry.index}`).toBe(true);
        if (entry.analytic !== 0) expect(entry.relativeError).toBeLessThan(1e-6);
      }
      const all = size.toLocaleString("en");
      const some = entries.length === size ? `all ${all}` : `${entries.length} of ${all}`;
      expect(await page.locator(".check-summary").textContent()).toMatch(
        new RegExp(`${some} entries, largest relative error .*: agrees$`),
      );
      await page.close();
    },
  );

  it("checks every rule of F's pass, one row each", async () => {
    const page = await bench.open(`${programOfF}&tab=check`);
    await press(page);
    const shown = await page.$$eval(".check-rules tbody tr", (all) =>
      all.map((row) => [
        Number(row.getAttribute("data-node")),
        Number(row.getAttribute("data-input")),
        row.getAttribute("data-verdict"),
      ]),
    );
    const { edges } = checkPass(fixture);
    expect(shown).toEqual(edges.map(({ node, input, verdict }) => [node, input, verdict]));
    expect(edges.length).toBe(13);
    expect(await page.locator(".check-summary").textContent()).toContain("13 of 13 rules agree");
    await page.close();
  });

  it("goes red at the entries that a wrong rule spoils, and names the rule", async () => {
    const trace = traceOf((x) => apply(wrongTanh, [x]), [-1, 0, 0.5], "float64");
    const [spoiled, culprit] = [idOf(trace, "mul"), idOf(trace, "tanh")];
    const page = await openFile(trace, spoiled);
    await press(page);
    // At x = 0 the wrong rule gives what the right one gives.
    expect((await rows(page)).map(({ verdict }) => verdict)).toEqual(["wrong", "ok", "wrong"]);
    expect(await page.locator(".check-entries tr").nth(1).getAttribute("data-verdict")).toBe("wrong");
    expect(await page.locator(".check-summary").textContent()).toContain("2 of 3 entries: wrong");
    expect(await page.locator(".check-blame").allTextContents()).toEqual([
      "The culprit is the rule of tanh for its input 0: x̄ = g · (1 − y²)",
    ]);
    expect(await cardText(page, spoiled)).toContain("gradient wrong");
    expect(await cardText(page, culprit)).toContain("rule wrong");
    await page.click(".check-blame button");
    expect(await page.locator("#panel .node").getAttribute("data-node")).toBe(String(culprit));
    // Behind the wrong rule all is well.
    await press(page);
    expect((await rows(page)).map(({ verdict }) => verdict)).toEqual(["ok", "ok", "ok"]);
    // And what was found is still there when one comes back.
    await page.locator(`.card[data-key=n${spoiled}]`).dispatchEvent("click");
    expect((await rows(page)).map(({ verdict }) => verdict)).toEqual(["wrong", "ok", "wrong"]);
    await page.close();
  });

  it("finds the wrong rule among all of the pass, with a mark and a number at the tab", async () => {
    const trace = traceOf((x) => apply(wrongTanh, [x]), [-1, 0, 0.5], "float64");
    const culprit = idOf(trace, "tanh");
    const page = await openFile(trace, culprit);
    await page.click("#tab-check");
    await press(page);
    const wrong = page.locator(".check-rules [data-verdict=wrong][data-node]");
    expect(await wrong.evaluateAll((all) => all.map((row) => row.getAttribute("data-node")))).toEqual([
      String(culprit),
    ]);
    expect(await page.locator("#tab-check .badge").textContent()).toBe("1");
    expect(await cardText(page, culprit)).toContain("rule wrong");
    await page.close();
  });

  it("goes red at the one entry of an adjoint that was altered, and says that it is no sum", async () => {
    const hidden = idOf(fixture, "relu");
    const spoil = (adjoint: TraceTensor): TraceTensor => {
      const data = Float64Array.from(adjoint.data ?? []);
      data[131] = (data[131] ?? 0) * 1.001;
      return { ...adjoint, data };
    };
    const passes = fixture.passes.map((pass) => ({
      ...pass,
      steps: pass.steps.map((step) =>
        step.node === hidden ? { ...step, adjoint: spoil(step.adjoint) } : step,
      ),
    }));
    const page = await openFile({ ...fixture, passes }, hidden);
    await press(page);
    const shown = await rows(page);
    expect(shown.filter(({ verdict }) => verdict === "wrong").map(({ index }) => index)).toEqual([131]);
    expect(shown.length).toBe(64);
    expect(await page.locator(".check-blame").textContent()).toContain(
      "is not the sum of what arrived there",
    );
    await page.close();
  });

  it("says what stands in the way, with the remedy", async () => {
    const other = defineOp<[Tensor]>({
      name: "relu",
      forward: ([x]) => x.relu(),
      vjp: [{ formula: "x̄ = 2g", rule: (g) => mul(g, 2) }],
    });
    const trace = traceOf((x) => apply(other, [x]), [1, 2], "float64");
    const node = idOf(trace, "mul");
    const page = await openFile(trace, node);
    await press(page);
    let message = "";
    try {
      checkNode(trace, 0, node);
    } catch (error) {
      if (error instanceof Error) message = error.message;
    }
    expect(message).toContain("Give the op that was recorded in ops");
    expect(await page.locator(".check-problem").textContent()).toBe(message);
    await page.close();
  });

  it("names kinks, with the slopes on either side", async () => {
    const page = await bench.open(
      `#program=expression&expression=${encodeURIComponent("a = 0; b = 3; relu(a) * b")}&node=0`,
    );
    await press(page);
    expect(await page.locator(".check-summary").textContent()).toBe("∧the only entry: kink");
    expect(await page.locator(".check-kink").textContent()).toBe(
      "kink: the slopes from the left and the right differ: 0, 3",
    );
    expect((await rows(page)).map(({ verdict }) => verdict)).toEqual(["kink"]);
    await page.close();
  });

  it("says of float32 how closely it looks", async () => {
    const trace = traceOf((x) => relu(x), [1, 2], "float32");
    const page = await openFile(trace, idOf(trace, "mul"));
    await press(page);
    expect(await page.locator(".check-result").textContent()).toContain("1e−3 counts as agreement");
    expect((await rows(page)).map(({ verdict }) => verdict)).toEqual(["ok", "ok"]);
    await page.close();
  });

  it("can be cancelled, and is forgotten when another node is chosen", async () => {
    const page = await bench.open(`${programOfF}&node=${idOf(fixture, "0.weight")}`);
    await page.evaluate(() => {
      document.querySelector<HTMLElement>(".check-run button")?.click();
      document.querySelector<HTMLElement>(".check-run progress ~ button")?.click();
    });
    await idle(page);
    expect(await page.locator(".check-result").count()).toBe(0);
    expect(await page.locator(".check-run button").textContent()).toBe("Check");
    await page.evaluate(() => document.querySelector<HTMLElement>(".check-run button")?.click());
    await page.keyboard.press("ArrowRight");
    await idle(page);
    expect(await page.locator("#panel .step").count()).toBe(1);
    expect(await page.locator("#problem").isVisible()).toBe(false);
    await page.close();
  });

  it("checks one entry where it stands", async () => {
    const node = idOf(fixture, "2.weight");
    const page = await bench.open(`${programOfF}&node=${node}&entry=38`);
    await press(page);
    const [entry] = checkNode(fixture, 0, node, { entries: [38] }).entries;
    const [row] = await rows(page);
    expect(Object.is(row?.numeric, entry?.numeric)).toBe(true);
    expect(row).toMatchObject({ index: 38, verdict: "ok" });
    await page.close();
  });
});
