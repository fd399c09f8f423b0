// The graph without a mouse: focus, edges, the way through all cards; in SVG and on a canvas.
import type { Trace } from "@adjoint/autograd/graph";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { GraphBench, graphIdle, type HarnessPage } from "./graph-bench.ts";
import { scalarNetTrace } from "./large-trace.ts";

/** The key of the card or frame that has the focus. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (active instanceof HTMLCanvasElement) return active.dataset.focused ?? null;
    return active?.getAttribute("data-key") ?? null;
  });
}

const focus = (page: Page, node: number): Promise<void> =>
  page.evaluate((id) => (globalThis as HarnessPage).harness.graph.focus(id), node);

describe.skipIf(!hasBrowser)("the graph by keyboard", () => {
  let bench: GraphBench;
  const small = recordStep(digitsProgram(4, 0), 0, {});
  const large = scalarNetTrace(700);

  beforeAll(async () => {
    bench = await GraphBench.start();
  });

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  it.each<[string, Trace]>([
    ["SVG", small],
    ["canvas", large],
  ])("follows edges up and down, and goes through all cards: %s", async (_, trace) => {
    const page = await bench.open(trace);
    const byKey = new Map(trace.nodes.map((node) => [`n${node.id}`, node]));
    const op = trace.nodes.findLast(({ inputs }) => inputs.length > 1);
    await focus(page, op?.id ?? -1);
    expect(await focused(page)).toBe(`n${op?.id}`);
    await page.keyboard.press("ArrowUp");
    const input = (await focused(page)) ?? "";
    expect(op?.inputs.map(({ source }) => `n${source}`)).toContain(input);
    await page.keyboard.press("ArrowDown");
    const consumer = byKey.get((await focused(page)) ?? "");
    expect(consumer?.inputs.map(({ source }) => `n${source}`)).toContain(input);
    await page.keyboard.press("PageUp");
    expect(await focused(page)).not.toBe(`n${consumer?.id}`);
    await page.keyboard.press("PageDown");
    expect(await focused(page)).toBe(`n${consumer?.id}`);
    await page.close();
  });

  it("reaches every card and every frame's name", async () => {
    const page = await bench.open(small);
    const all = await page.$$eval(".card, .module-frame", (stops) =>
      stops.map((stop) => stop.getAttribute("data-key")),
    );
    await focus(page, small.nodes[0]?.id ?? -1);
    for (const _ of all) await page.keyboard.press("PageUp");
    const reached = new Set([await focused(page)]);
    for (const _ of all) {
      await page.keyboard.press("PageDown");
      reached.add(await focused(page));
    }
    expect(reached).toEqual(new Set(all));
    // One stop alone lies on the way of the Tab key.
    expect(await page.locator("[tabindex='0']").count()).toBe(1);
    await page.close();
  });

  it("chooses with Enter, folds and opens a module, and keeps the focus there", async () => {
    const page = await bench.open(small);
    const module = small.scopes.find(({ kind }) => kind === "ReLU")?.id;
    const inside = small.nodes.find(({ scope }) => scope === module)?.id ?? -1;
    await focus(page, inside);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => (globalThis as HarnessPage).harness.chosen)).toEqual([inside]);
    await page.keyboard.press("PageUp");
    while ((await focused(page)) !== `s${module}`) await page.keyboard.press("PageUp");
    await page.keyboard.press("Enter");
    await graphIdle(page);
    expect(await page.locator(`.card[data-key=s${module}]`).count()).toBe(1);
    expect(await focused(page)).toBe(`s${module}`);
    await page.keyboard.press("Enter");
    await graphIdle(page);
    expect(await page.locator(`.card[data-key=n${inside}]`).count()).toBe(1);
    expect(await focused(page)).toBe(`s${module}`);
    await page.close();
  });

  it("leaves the stepper its keys, and those with Alt", async () => {
    const page = await bench.open(small);
    await page.evaluate(() => {
      document.addEventListener("keydown", ({ key, altKey }) => {
        document.body.dataset.heard = `${document.body.dataset.heard ?? ""} ${altKey ? "Alt+" : ""}${key}`;
      });
    });
    await focus(page, small.nodes.at(-1)?.id ?? -1);
    const pressed = [
      "ArrowLeft",
      "ArrowRight",
      "Home",
      "End",
      "Escape",
      "ArrowUp",
      "Shift+ArrowUp",
      "Alt+ArrowUp",
    ];
    for (const key of pressed) await page.keyboard.press(key);
    const heard = await page.evaluate(() => document.body.dataset.heard);
    expect(
      heard
        ?.trim()
        .split(" ")
        .filter((key) => key !== "Shift" && key !== "Alt+Alt"),
    ).toEqual(["ArrowLeft", "ArrowRight", "Home", "End", "Escape", "Alt+ArrowUp"]);
    await page.close();
  });

  it("tells what has the focus on a canvas", async () => {
    const page = await bench.open(large);
    const op = large.nodes.findLast(({ op: name }) => name === "tanh");
    await focus(page, op?.id ?? -1);
    const spoken = await page.evaluate(() => {
      const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
      return document.getElementById(id)?.textContent;
    });
    expect(spoken).toMatch(/^tanh scalar −?0\.\d+ gradient: not yet$/);
    await page.close();
  });
});
