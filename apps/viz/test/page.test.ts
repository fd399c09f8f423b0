// The rest of the page: traces from files, folding, the address, keys, widths.
import { decodeTrace, encodeTrace } from "@adjoint/autograd/graph";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { recordStep } from "../src/programs/program.ts";
import { xorProgram } from "../src/programs/xor.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { hashOf, idle } from "./inspector-page.ts";

const messageOf = (bytes: Uint8Array): string => {
  try {
    decodeTrace(bytes);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return "";
};

describe.skipIf(!hasBrowser)("the inspector's page", () => {
  const bench = benchOfTests();

  it("opens a trace file; a malformed one gets the library's message, and the page stays alive", async () => {
    const trace = encodeTrace(recordStep(xorProgram(1), 0, {}));
    const page = await bench.open("#program=expression");
    const open = async (buffer: Uint8Array): Promise<void> => {
      await page.setInputFiles("#file", { name: "a.trace", mimeType: "", buffer: Buffer.from(buffer) });
      await idle(page);
    };
    await open(trace);
    expect(await page.locator("#problem").isVisible()).toBe(false);
    expect(await page.locator("#position").textContent()).toBe("0 / 8 · the seed");
    for (const bad of [
      trace.slice(0, 100),
      new TextEncoder().encode("<script>alert(1)</script>".repeat(4)),
    ]) {
      await open(bad);
      expect(await page.locator("#problem").textContent()).toBe(messageOf(bad));
      expect(messageOf(bad)).toContain("[decodeTrace]");
      await page.click("#forth");
    }
    expect(await page.locator("#position").textContent()).toMatch(/^2 \/ 8 /);
    await page.close();
  });

  it("says what is wrong with an expression and keeps what was shown", async () => {
    const page = await bench.open("#program=expression");
    const before = await page.locator("#position").textContent();
    await page.fill("[name=expression]", "a = 1; a +");
    await page.click("text=Record");
    await idle(page);
    expect(await page.locator("#problem").textContent()).toContain("the end cannot stand at character 11");
    expect(await page.locator("#position").textContent()).toBe(before);
    await page.close();
  });

  it("folds modules, and unfolds one in the place where it was clicked", async () => {
    const page = await bench.open("#program=digits");
    const all = await page.locator(".card").count();
    await page.click("#fold");
    await idle(page);
    const folded = page.locator(".card[data-kind=module]");
    expect(await folded.locator(".title").allTextContents()).toEqual([
      "0 · Linear",
      "1 · ReLU",
      "2 · Linear",
    ]);
    const key = await folded.last().getAttribute("data-key");
    await folded.last().click();
    await idle(page);
    // What was a card is a frame now; where it is, graph-layout.test.ts measures.
    expect(await page.locator(`.card[data-key=${key}]`).count()).toBe(0);
    expect(await page.locator(`.module-frame[data-key=${key}]`).count()).toBe(1);
    await page.click("#fold");
    await idle(page);
    expect(await page.locator(".card").count()).toBe(all);
    await page.close();
  });

  it("comes back to the step and the node of an address", async () => {
    const page = await bench.open("#program=xor&seed=5&steps=20");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.locator(".card", { hasText: "tanh" }).first().dispatchEvent("click");
    // The numbers, and not the time that recording took.
    const look = (of: Page): Promise<(string | null)[]> =>
      of.$$eval("#panel h2, #panel h4, #panel [data-exact]", (all) =>
        all.map((each) => each.getAttribute("data-exact") ?? each.textContent),
      );
    const shown = await look(page);
    expect(shown.length).toBeGreaterThan(16);
    const again = await bench.open(await hashOf(page));
    expect(await look(again)).toEqual(shown);
    expect(await again.locator("#position").textContent()).toMatch(/^2 \/ 8 /);
    await page.close();
    await again.close();
  });

  it("draws what is too large for SVG on a canvas, where a card can still be chosen", async () => {
    const text = `a = 2; ${Array.from({ length: 300 }, () => "a*a").join("+")}`;
    const page = await bench.open(`#program=expression&expression=${encodeURIComponent(text)}&step=3`);
    const canvas = page.locator("#drawing canvas");
    expect(await canvas.getAttribute("aria-label")).toBe("600 nodes");
    expect(await page.locator("#position").textContent()).toBe("3 / 599 · add");
    const box = await canvas.boundingBox();
    const [x, y] = [(box?.width ?? 0) / 2, (box?.height ?? 0) / 2];
    // The wheel zooms about the pointer; some card of the 600 lies on the way down the middle.
    await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
    await page.mouse.wheel(0, -2000);
    expect(await page.locator("#panel .node").count()).toBe(0);
    for (let at = 10; at < 2 * y && (await page.locator("#panel .node").count()) === 0; at += 10) {
      for (const across of [0.3, 0.5, 0.7]) await canvas.click({ position: { x: 2 * x * across, y: at } });
    }
    expect(await page.locator("#panel .node").count()).toBe(1);
    await page.close();
  });

  it.each([1280, 390])("fits a width of %i", async (width) => {
    const page = await bench.open("#program=digits&step=9", width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.close();
  });

  it("can be stepped and read without a mouse", async () => {
    const page = await bench.open("#program=expression");
    await page.locator(".card").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#panel h2").textContent()).toContain("a");
    await page.keyboard.press("Escape");
    await page.keyboard.press("End");
    expect(await page.locator("#forth").isDisabled()).toBe(true);
    expect(await page.locator("#spoken").textContent()).toContain("The rules of mul ran");
    await page.close();
  });
});
