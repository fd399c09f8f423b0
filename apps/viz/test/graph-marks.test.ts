// Marks of the page's tools on cards and lines: as words and icons, not by colour alone.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { badgeLooks } from "../src/mark-badges.ts";
import type { MarkKind } from "../src/marks.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { foldableScopes } from "../src/visible-graph.ts";
import { GraphBench, graphIdle, type HarnessPage, show } from "./graph-bench.ts";
import { scalarNetTrace } from "./large-trace.ts";

const kinds = Object.keys(badgeLooks) as MarkKind[];

/** How many pixels of the canvas have the style's red. */
function redPixels(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector("canvas.graph");
    if (!(canvas instanceof HTMLCanvasElement)) return -1;
    const red = getComputedStyle(canvas).getPropertyValue("--bad").trim();
    const wanted = [1, 3, 5].map((at) => Number.parseInt(red.slice(at, at + 2), 16));
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
    copy?.drawImage(canvas, 0, 0);
    const { data } = copy?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (wanted.every((part, k) => data[i + k] === part)) count++;
    }
    return count;
  });
}

describe.skipIf(!hasBrowser)("marks in the graph", () => {
  let bench: GraphBench;
  const trace = recordStep(digitsProgram(4, 0), 0, {});

  beforeAll(async () => {
    bench = await GraphBench.start();
  });

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  it("stand on their cards with word and icon, one icon for each kind, and in the card's words", async () => {
    const page = await bench.open(trace);
    const nodes = trace.nodes.slice(0, kinds.length).map(({ id }) => id);
    const marks = nodes.map((id, i) => [id, kinds[i] ?? "found", `word ${i}`] as const);
    await show(page, { marks });
    for (const [id, kind, label] of marks) {
      const card = page.locator(`.card[data-key=n${id}]`);
      expect(await card.getAttribute("data-marks")).toBe(kind);
      expect(await card.locator(".pill-label").textContent()).toBe(label);
      expect(await card.locator(".badges path").getAttribute("d")).toBe(badgeLooks[kind].icon);
      expect(await card.getAttribute("aria-label")).toContain(label);
    }
    expect(new Set(kinds.map((kind) => badgeLooks[kind].icon)).size).toBe(kinds.length);
    expect(await page.locator("[data-marks]").count()).toBe(kinds.length);
    await show(page, {});
    expect(await page.locator("[data-marks], .badges").count()).toBe(0);
    await page.close();
  });

  it("give a folded module those of its nodes, each once, and tell how many have no room", async () => {
    const [module] = foldableScopes(trace);
    const inside = trace.nodes.filter(({ scope }) => scope === module?.id).map(({ id }) => id);
    const page = await bench.open(trace, { folded: module === undefined ? [] : [module.id] });
    const [first = -1, second = -1] = inside;
    await show(page, {
      marks: [
        [first, "found", "match"],
        [second, "found", "match"],
        [first, "culprit", "a long word of it"],
        [second, "warning", "another long word"],
      ],
    });
    const card = page.locator(`.card[data-key=s${module?.id}]`);
    expect(await card.getAttribute("data-marks")).toBe("culprit warning found");
    expect(await card.locator(".pill-label").allTextContents()).toEqual(["a long word of it", "+2"]);
    await page.close();
  });

  it("draw a tainted edge as a dashed red line, and no other", async () => {
    const page = await bench.open(trace);
    const op = trace.nodes.find(({ inputs }) => inputs.length === 2);
    const look = (): Promise<string[]> =>
      page.$$eval(".line[data-tainted]", (lines) =>
        lines.map((line) => `${line.getAttribute("stroke")} ${line.getAttribute("stroke-dasharray")}`),
      );
    expect(await look()).toEqual([]);
    await show(page, { taintedEdges: [`${op?.id}:0`] });
    expect(await look()).toEqual(["var(--bad) 12 6"]);
    await page.close();
  });

  it("are painted on a canvas at any scale", async () => {
    const large = scalarNetTrace(700);
    const page = await bench.open(large);
    const marked = large.nodes.at(-1)?.id ?? -1;
    const at = async (k: number): Promise<void> => {
      await page.evaluate(
        ([scale, node]) => {
          const { graph } = (globalThis as HarnessPage).harness;
          graph.camera = { k: scale, at: `n${node}`, x: 0, y: 0 };
        },
        [k, marked] as const,
      );
      await settled(page);
    };
    for (const k of [1, 0.3, 0.05]) {
      await show(page, {});
      await at(k);
      expect(await redPixels(page)).toBe(0);
      await show(page, { marks: [[marked, "culprit", "first NaN"]] });
      await settled(page);
      expect(await redPixels(page)).toBeGreaterThan(50);
    }
    await page.close();
  });
});

/** Waits until the canvas is painted. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  await graphIdle(page);
}
