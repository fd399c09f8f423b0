// report.html in a real browser: everything is there, nothing comes from the network, nothing is cut off.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, launchBrowser } from "../../../scripts/browser/browser.ts";
import { runCommand } from "./recorded-terminal.ts";
import { writeSyntheticDigits } from "./synthetic-digits.ts";

describe.skipIf(!hasBrowser)("report.html in a browser", () => {
  let browser: Browser;
  let report: string;

  beforeAll(async () => {
    const out = mkdtempSync(join(tmpdir(), "adjoint-report-"));
    const data = writeSyntheticDigits(200, 60);
    // One epoch of little data leaves some images mistaken.
    const args = ["--data", data, "--no-verify", "--hidden", "6", "--epochs", "2", "--learning-rate", "0.02"];
    expect(await runCommand([...args, "--out", out, "--quiet"])).toMatchObject({ code: 0 });
    report = join(out, "report.html");
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function open(
    width: number,
    colorScheme: "light" | "dark",
  ): Promise<{ page: Page; requests: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const requests: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("data:")) requests.push(request.url());
    });
    await page.goto(pathToFileURL(report).href);
    return { page, requests };
  }

  it("asks for nothing but itself", async () => {
    const { page, requests } = await open(1280, "light");
    expect(requests).toEqual([pathToFileURL(report).href]);
    await page.close();
  });

  it("shows accuracy, curves, matrix, digits, weights, epochs and settings", async () => {
    const { page } = await open(1280, "light");
    const metrics = JSON.parse(readFileSync(report.replace("report.html", "metrics.json"), "utf8"));
    const accuracy = `${(100 * metrics.test.accuracy).toFixed(2)}%`;
    expect(await page.locator("h1 .figure").textContent()).toBe(accuracy);
    expect(await page.locator("section > h2").allInnerTexts()).toEqual([
      "Learning curves",
      "Confusion matrix",
      "Sample predictions",
      "First-layer weights",
      "Epochs",
      "Settings",
    ]);
    const curves = page.locator("#curves svg:visible");
    expect(await curves.count()).toBe(3);
    expect(await curves.locator("circle").count()).toBe(2 * 2 * metrics.epochs.length);
    expect(await page.locator("#curves h3").allInnerTexts()).toEqual([
      "Loss by epoch",
      "Accuracy by epoch",
      "Training loss at every step",
    ]);
    const counts = await page.locator(".confusion tbody td:not(.edge)").allInnerTexts();
    expect(counts.map(Number)).toEqual(metrics.test.confusionMatrix.flat());
    const mistakes = metrics.test.images - Math.round(metrics.test.accuracy * metrics.test.images);
    expect(mistakes).toBeGreaterThan(0);
    expect(await page.locator(".card.wrong").count()).toBe(Math.min(20, mistakes));
    expect(await page.locator(".card.right").count()).toBeGreaterThan(0);
    expect(await page.locator(".weights img").count()).toBe(6);
    expect(await page.locator("#epochs tbody tr").count()).toBe(metrics.epochs.length);
    expect(await page.locator("#settings").textContent()).toContain("784 – 6 – 10");
    await page.close();
  });

  it("loads every picture at its size", async () => {
    const { page } = await open(1280, "dark");
    const sizes = await page
      .locator("img")
      .evaluateAll((images) =>
        images.map((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
      );
    expect(new Set(sizes)).toEqual(new Set([28]));
    await page.close();
  });

  it.each([
    [1280, "light"],
    [390, "light"],
    [390, "dark"],
  ] as const)("fits a width of %i in %s", async (width, scheme) => {
    const { page } = await open(width, scheme);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const cut = await page
      .locator(".confusion td, .facts dd, .card dt")
      .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
    expect(cut).toBe(0);
    await page.close();
  });
});
