// Features 1 to 5 by the keyboard alone: Tab comes to everything that is needed, and no mouse is touched.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser, launchBrowser } from "../../../scripts/browser/browser.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { hashOf, idle } from "./inspector-page.ts";

const mostTabs = 60;

/** Presses Tab until what has the focus is `selector`; fails if that never comes. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < mostTabs; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${mostTabs} presses of Tab do not lead to ${selector}`);
}

/** Runs what a few letters of the palette lead to. */
async function command(page: Page, letters: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
  await idle(page);
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
  await idle(page);
}

describe.skipIf(!hasBrowser)("the inspector without a mouse", () => {
  const bench = benchOfTests();

  const heading = (page: Page): Promise<string | null> => page.locator("#panel h2").first().textContent();
  const spoken = (page: Page): Promise<string | null> => page.locator("#spoken").textContent();

  it("steps through the backward pass with the arrows, and with its buttons", async () => {
    const page = await bench.open("#program=digits&hidden=8");
    await press(page, "ArrowRight", "ArrowRight");
    const second = await heading(page);
    expect(await page.locator("#position").textContent()).toMatch(/^2 \/ 10/);
    await press(page, "ArrowRight", "ArrowLeft");
    expect(await heading(page)).toBe(second);
    await tabTo(page, "#forth");
    await press(page, "Enter");
    expect(await page.locator("#position").textContent()).toMatch(/^3 \/ 10/);
    await press(page, "End");
    // The button is disabled at the end: the focus went to the one that leads back.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("back");
    await page.waitForFunction(
      () => document.querySelector("#spoken")?.textContent?.includes("linear") === true,
    );
    await page.close();
  });

  it("asks where an entry's gradient comes from, follows it, and comes back", async () => {
    const page = await bench.open("#program=digits&hidden=8&step=10");
    await command(page, "2.weight");
    expect(await spoken(page)).toMatch(/^2\.weight, \[10 × 8\]; value norm .*; gradient norm /);
    await tabTo(page, "[data-role=adjoint] td[data-index]");
    await press(page, "Home", "ArrowDown", "ArrowRight", "Enter");
    const entry = page.locator("#panel .entry");
    const first = await entry.getAttribute("data-entry");
    expect(await heading(page)).toMatch(/^2\.weight\[/);
    expect(await page.locator("#panel [data-role=gradient]").count()).toBeGreaterThan(0);
    await tabTo(page, "button.factor.gradient");
    await press(page, "Enter");
    expect(await heading(page)).not.toMatch(/^2\.weight/);
    await tabTo(page, ".crumbs button");
    await press(page, "Enter");
    expect(await heading(page)).toMatch(/^2\.weight\[/);
    expect(await entry.getAttribute("data-entry")).toBe(first);
    await page.close();
  });

  it("goes to the source of a NaN", async () => {
    const page = await bench.open(
      `#program=expression&expression=${encodeURIComponent("a = -1; log(a) * a")}`,
    );
    expect(await page.locator("#tab-health .badge").textContent()).toBe("1");
    await command(page, "health");
    expect(await page.locator(".culprit .sentence").textContent()).toContain("log");
    await tabTo(page, ".culprit .actions button");
    await press(page, "Enter");
    expect(await page.locator(".card[data-selected][data-marks~=culprit] .title").textContent()).toBe("log");
    expect(await spoken(page)).toMatch(/^log, scalar; value NaN/);
    await page.close();
  });

  it("checks a node against finite differences", async () => {
    const page = await bench.open("#program=xor&step=8");
    await command(page, "tanh");
    await tabTo(page, "section.check button");
    await press(page, "Enter");
    expect(await page.locator("section.check .check-result").getAttribute("data-verdict")).toBe("ok");
    await page.close();
  });

  it("saves the page, and opens it again where it was", async () => {
    const folder = mkdtempSync(join(tmpdir(), "adjoint-keyboard-"));
    const page = await bench.open("#program=xor&seed=3");
    await press(page, "ArrowRight", "ArrowRight");
    await tabTo(page, "#save-more");
    await press(page, "Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("save-page");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    await download.saveAs(join(folder, "step.html"));
    const hash = (await hashOf(page)).replace(/program=xor&?|seed=3&?|steps=0&?/g, "");
    await page.close();
    const browser = await launchBrowser();
    const again = await browser.newPage();
    await again.goto(pathToFileURL(join(folder, "step.html")).href + hash);
    await idle(again);
    expect(await again.locator("#position").textContent()).toMatch(/^2 \/ 8 /);
    await press(again, "ArrowRight");
    expect(await again.locator("#position").textContent()).toMatch(/^3 \/ 8 /);
    await browser.close();
    rmSync(folder, { recursive: true });
  });
});
