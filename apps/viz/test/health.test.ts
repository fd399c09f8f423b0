// Features 3 and 10: what the page flags and marks, against tensors of the same programs run in Node.
import { Variable } from "@adjoint/autograd";
import { encodeTrace, type Trace, type TraceTensor } from "@adjoint/autograd/graph";
import { tensor } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { healthThresholds } from "../src/health.ts";
import { deepProgram } from "../src/programs/deep.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { expressionProgram } from "../src/programs/expression.ts";
import { recordStep } from "../src/programs/program.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { idle } from "./inspector-page.ts";

const expressionHash = (text: string): string =>
  `#program=expression&expression=${encodeURIComponent(text)}&tab=health`;

const isBad = (found: TraceTensor | null | undefined): boolean =>
  Array.from(found?.data ?? [], Number).some((x) => !Number.isFinite(x));

/** The nodes with NaN or an infinity in their value, their adjoint or a sum on the way to it: looked for one by one. */
function badNodes({ nodes, passes }: Trace): Set<number> {
  const bad = new Set(nodes.filter(({ value }) => isBad(value)).map(({ id }) => id));
  for (const { seeds, steps } of passes) {
    for (const { node, sum } of seeds) if (isBad(sum)) bad.add(node);
    for (const { node, adjoint, contributions } of steps) {
      if (isBad(adjoint)) bad.add(node);
      for (const { target, sum } of contributions) if (isBad(sum)) bad.add(target);
    }
  }
  return bad;
}

/** The pairs of nodes between which a bad value went into a bad value, or a bad contribution back. */
function badEdges({ nodes, passes }: Trace): Set<string> {
  const values = new Map(nodes.map(({ id, value }) => [id, value]));
  const edges = new Set<string>();
  for (const { id, value, inputs } of nodes) {
    for (const { source } of inputs) {
      if (isBad(value) && isBad(values.get(source ?? -1))) edges.add(`${source} ${id}`);
    }
  }
  for (const { steps } of passes) {
    for (const { node, contributions } of steps) {
      for (const { target, value } of contributions) if (isBad(value)) edges.add(`${target} ${node}`);
    }
  }
  return edges;
}

/** The marks on the cards of the graph, by node. */
function cardMarks(page: Page): Promise<[number, string][]> {
  return page.$$eval(".card[data-marks]", (cards) =>
    cards
      .map((card): [number, string] => [
        Number(card.getAttribute("data-key")?.slice(1)),
        card.getAttribute("data-marks") ?? "",
      ])
      .sort(([a], [b]) => a - b),
  );
}

/** The numbers in `data-exact` of what `selector` finds. */
function exact(page: Page, selector: string): Promise<number[]> {
  return page.$$eval(selector, (found) => found.map((each) => Number(each.getAttribute("data-exact"))));
}

const badge = (page: Page): Promise<string | null> => page.locator("#tab-health .badge").textContent();

interface Case {
  readonly text: string;
  readonly op: string;
  readonly cause: string;
  /** What went in, and what came out. */
  readonly went: readonly number[];
  readonly came: number;
  readonly press: number | null;
  readonly says: string;
}

const cases: readonly Case[] = [
  {
    text: "a = 2; b = 0; c = log(b); d = a*c; e = a + 3; d*e",
    op: "log",
    cause: "op",
    went: [0],
    came: Number.NEGATIVE_INFINITY,
    press: null,
    says: "log takes the logarithm of 0: input 0 gives −∞.",
  },
  {
    text: "a = 0; b = 0; c = 3; a/b + c*c",
    op: "div",
    cause: "op",
    went: [0, 0],
    came: Number.NaN,
    press: null,
    says: "div divides 0 by 0: input 0 = 0 and input 1 = 0 give NaN.",
  },
  {
    text: "x = 800; y = 2; exp(x) * 0.5 + y*y",
    op: "exp",
    cause: "op",
    went: [800],
    came: Number.POSITIVE_INFINITY,
    press: null,
    says: "exp overflows: input 800 gives ∞.",
  },
  {
    text: "a = 2; b = 0; c = 3; sqrt(a*b) * 3 + c*c",
    op: "sqrt",
    cause: "rule",
    went: [3, 0, 0],
    came: Number.POSITIVE_INFINITY,
    press: 4,
    says: "sqrt's rule x̄ = g / 2y makes ∞ of finite numbers: adjoint 3, input 0 and output 0.",
  },
];

describe.skipIf(!hasBrowser)("the findings in the page", () => {
  const bench = benchOfTests();

  it.each(cases)("of $text: $op alone is the culprit, and what it reached is marked", async (each) => {
    const trace = recordStep(expressionProgram(each.text), 0, {});
    const culprit = trace.nodes.find(({ op }) => op === each.op)?.id ?? -1;
    const page = await bench.open(expressionHash(each.text));
    const cards = page.locator(".finding.culprit");
    expect(await cards.count()).toBe(1);
    expect(await cards.getAttribute("data-node")).toBe(String(culprit));
    expect(await cards.getAttribute("data-cause")).toBe(each.cause);
    expect(await cards.locator(".sentence").textContent()).toBe(each.says);
    expect(await page.locator("#spoken").textContent()).toContain(each.says);
    expect(await badge(page)).toBe("1");

    const went = await exact(page, ".ingredient:not(.made) [data-exact]");
    const came = await exact(page, ".ingredient.made [data-exact]");
    expect(went.length).toBe(each.went.length);
    for (const [i, x] of each.went.entries()) expect(Object.is(went[i], x), `ingredient ${i}`).toBe(true);
    expect(came.length === 1 && Object.is(came[0], each.came)).toBe(true);

    const bad = badNodes(trace);
    bad.delete(culprit);
    expect(bad.size).toBeGreaterThan(0);
    expect(bad.size).toBeLessThan(trace.nodes.length - 1);
    const expected = [...[...bad].map((id) => [id, "tainted"] as const), [culprit, "culprit"] as const];
    expect(await cardMarks(page)).toEqual(expected.sort(([a], [b]) => a - b));
    expect(await page.locator(".line[data-tainted]").count()).toBe(badEdges(trace).size);
    await page.close();
  });

  it("draws the way or the culprit alone, and shows the press or the node", async () => {
    const [log, , , sqrt] = cases;
    if (log === undefined || sqrt === undefined) throw new Error("no cases");
    const page = await bench.open(expressionHash(sqrt.text));
    await page.uncheck("[data-draws=path]");
    await idle(page);
    expect((await cardMarks(page)).map(([, marks]) => marks)).toEqual(["culprit"]);
    expect(await page.locator(".line[data-tainted]").count()).toBe(0);
    await page.check("[data-draws=path]");
    await idle(page);
    expect((await cardMarks(page)).length).toBeGreaterThan(1);

    await page.click("[data-show]");
    await idle(page);
    expect(await page.locator("#position").textContent()).toMatch(/^4 \/ \d+ · sqrt$/);
    await page.fill("[name=expression]", log.text);
    await page.click("text=Record");
    await idle(page);
    await page.click("[data-show]");
    await idle(page);
    expect(await page.locator(".card[data-selected] .title").first().textContent()).toBe("log");
    await page.close();
  });

  it("tells of each of several, and counts them on the tab though another is shown", async () => {
    const page = await bench.open(
      expressionHash("a = 800; b = 0; exp(a)*2 + log(b)*3").replace("health", "outline"),
    );
    expect(await badge(page)).toBe("2");
    expect(await page.locator(".finding").count()).toBe(0);
    await page.click("#tab-health");
    expect(await page.locator(".finding.culprit .sentence").allTextContents()).toEqual([
      "exp overflows: input 800 gives ∞.",
      "log takes the logarithm of 0: input 0 gives −∞.",
    ]);
    await page.fill("[name=expression]", "a = 1; a*a");
    await page.click("text=Record");
    await idle(page);
    expect(await badge(page)).toBe("");
    expect(await page.locator(".finding").count()).toBe(0);
    await page.close();
  });

  it("makes the cards of many sources as they are asked for", async () => {
    const page = await bench.open(expressionHash("a = 1; a*a"));
    const options = { depth: 100, width: 8, activation: "relu", gain: 100, seed: 0 } as const;
    const buffer = Buffer.from(encodeTrace(recordStep(deepProgram(options), 0, {})));
    await page.setInputFiles("#file", { name: "exploding.trace", mimeType: "", buffer });
    await idle(page);
    const cards = page.locator("[data-part=non-finite] .finding");
    expect(await cards.count()).toBe(10);
    await page.click("[data-part=non-finite] .more-cards");
    expect(await cards.count()).toBe(20);
    expect(await page.locator("[data-part=flags] .finding").first().getAttribute("data-kind")).toBe(
      "exploding",
    );
    await page.close();
  });

  it("flags nothing of F, and says what was looked for with which thresholds", async () => {
    const page = await bench.open("#program=digits&tab=health");
    expect(await page.locator(".findings h2").allTextContents()).toEqual([
      "No NaN, no infinity",
      "No health flags",
    ]);
    expect(await page.locator(".finding").count()).toBe(0);
    expect(await badge(page)).toBe("");
    expect(await cardMarks(page)).toEqual([]);
    const { wakeRate, vanishing, exploding, step, saturated } = healthThresholds;
    expect(await exact(page, ".checks [data-exact]")).toEqual([
      wakeRate,
      vanishing,
      exploding,
      step,
      saturated,
    ]);
    await page.close();
  });

  it.each([[[3]], [[0, 7, 31]]])("flags exactly the units %j whose bias is −100", async (units) => {
    const program = digitsProgram(32, 0);
    const bias = new Map(program.names).get("0.bias");
    if (!(bias instanceof Variable)) throw new Error("no bias");
    const data = Float64Array.from(bias.value.toTypedArray(), Number);
    for (const unit of units) data[unit] = -100;
    bias.value.assign(tensor(data));
    const trace = recordStep(program, 0, {});
    const page = await bench.open("#program=expression&tab=health");
    const buffer = Buffer.from(encodeTrace(trace));
    await page.setInputFiles("#file", { name: "planted.trace", mimeType: "", buffer });
    await idle(page);
    expect(await page.locator(".finding").count()).toBe(1);
    expect(await page.locator(".finding").getAttribute("data-kind")).toBe("dead");
    const flagged = await page.$$eval("[data-flagged]", (found) =>
      found.map((each) => Number(each.getAttribute("data-unit"))),
    );
    expect(flagged).toEqual(units);
    expect(await page.locator("[data-unit]").count()).toBe(32);
    const relu = trace.nodes.find(({ op }) => op === "relu")?.id ?? -1;
    expect(await cardMarks(page)).toEqual([[relu, "warning"]]);
    expect(await exact(page, "[data-measure=threshold]")).toEqual([healthThresholds.wakeRate]);
    expect(await badge(page)).toBe("1");
    await page.uncheck("[data-draws=flags]");
    await idle(page);
    expect(await cardMarks(page)).toEqual([]);
    await page.close();
  });

  it("flags 30 layers of sigmoid as vanishing, with the library's ratios", async () => {
    const options = { depth: 30, width: 8, activation: "sigmoid", gain: 1, seed: 0 } as const;
    const trace = recordStep(deepProgram(options), 0, {});
    const layers = trace.nodes.filter(({ op }) => op === "linear");
    const spreads = layers.map(({ id }) => {
      const adjoint = trace.passes[0]?.steps.find(({ node }) => node === id)?.adjoint;
      return (adjoint?.statistics?.norm ?? Number.NaN) / Math.sqrt(adjoint?.data?.length ?? Number.NaN);
    });
    const ratios = spreads.map((spread) => spread / (spreads.at(-1) ?? Number.NaN));

    const page = await bench.open(
      "#program=deep&depth=30&width=8&activation=sigmoid&gain=1&seed=0&steps=0&tab=health",
    );
    const finding = page.locator(".finding");
    expect(await finding.count()).toBe(1);
    expect(await finding.getAttribute("data-kind")).toBe("vanishing");
    expect(await finding.getAttribute("data-severity")).toBe("severe");
    const [number] = await exact(page, "[data-measure=number]");
    expect(number).toBeLessThan(1e-18);
    expect(Object.is(number, ratios[0])).toBe(true);
    const shown = await exact(page, "[data-layer] [data-exact]");
    expect(shown).toHaveLength(31);
    expect(shown.findIndex((x, i) => !Object.is(x, ratios[i]))).toBe(-1);
    expect(await page.locator(".layer-plot .point").count()).toBe(31);
    expect(await page.locator(".layer-plot .point.over").count()).toBe(
      ratios.filter((ratio) => ratio < healthThresholds.vanishing).length,
    );

    // A button leads to a layer, which is unfolded.
    await page.locator(".where .link").first().click();
    await idle(page);
    const selected = await page.locator(".card[data-selected]").getAttribute("data-key");
    expect(selected).toBe(`n${layers[0]?.id}`);
    await page.close();
  });

  it("judges a pass of its own when another is shown", async () => {
    const base = recordStep(expressionProgram("a = 2; b = 3; a*b"), 0, {});
    const [pass] = base.passes;
    if (pass === undefined) throw new Error("no pass");
    const steps = pass.steps.map((step) => ({
      ...step,
      contributions: step.contributions.map((each, i) =>
        i > 0 ? each : { ...each, value: infinite(each.value), sum: infinite(each.sum) },
      ),
    }));
    const buffer = Buffer.from(encodeTrace({ ...base, passes: [pass, { ...pass, steps }] }));
    const page = await bench.open("#program=expression&tab=health");
    await page.setInputFiles("#file", { name: "two.trace", mimeType: "", buffer });
    await idle(page);
    expect(await badge(page)).toBe("");
    await page.selectOption("#pass", "1");
    await idle(page);
    expect(await badge(page)).toBe("1");
    expect(await page.locator(".finding.culprit").getAttribute("data-cause")).toBe("rule");
    await page.selectOption("#pass", "0");
    await idle(page);
    expect(await badge(page)).toBe("");
    expect(await cardMarks(page)).toEqual([]);
    await page.close();
  });
});

function infinite({ dtype, shape }: TraceTensor): TraceTensor {
  const norm = Number.NaN;
  const statistics = { norm, min: norm, max: norm, mean: norm, zeros: 0, nan: 0, infinite: 1 };
  return { dtype, shape, statistics, data: Float64Array.of(Number.POSITIVE_INFINITY) };
}
