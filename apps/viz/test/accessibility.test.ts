// Feature 11: axe over the page's states, reduced motion, and the features that are to be used without a mouse.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { audit } from "./axe.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { idle } from "./inspector-page.ts";

/** What is brought about before an audit, with the keyboard alone. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "in the middle of the backward pass": async () => undefined,
  "a chosen node": async (page) => command(page, "relu"),
  "modules folded": async (page) => command(page, "foldall"),
  "the palette": async (page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("we");
  },
  "the help of keys": async (page) => page.keyboard.press("?"),
  "the menu of what can be saved": async (page) => {
    await page.focus("#save-more");
    await page.keyboard.press("ArrowDown");
  },
  "a search that is not finished": async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("|grad|>0.1 op:");
  },
  "a search that cannot be read": async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("op:relu )");
  },
  "hits and the search's help": async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("weight");
    await page.keyboard.press("Enter");
    await page.locator(".search summary").focus();
    await page.keyboard.press("Enter");
  },
  "where an entry comes from": async (page) => {
    await command(page, "show details");
    await command(page, "end backw");
    await command(page, "2.weight");
    await page.focus("[data-role=adjoint] td[data-index]");
    await page.keyboard.press("Enter");
  },
  "all rules checked": async (page) => command(page, "check all rules"),
  "a comparison": async (page) => {
    await command(page, "compare: keep");
    await page.fill("[name=seed]", "1");
    await page.keyboard.press("Enter");
    await idle(page);
    await command(page, "show compare");
  },
  "a run": async (page) => {
    await page.fill("#timeline input", "20");
    await command(page, "train the");
  },
  "a lesson": async (page) => {
    await command(page, "why relu units die");
    await page.keyboard.press("PageDown");
  },
  "a digit": async (page) => {
    await command(page, "show draw");
    await page.focus("[aria-label^='Start from a']");
    await page.keyboard.press("Enter");
  },
  "a NaN": async (page) => {
    await page.selectOption("[name=program]", "expression");
    await page.fill("[name=expression]", "a = -1; log(a) * a");
    await page.keyboard.press("Enter");
    await idle(page);
    await command(page, "show health");
  },
  "a problem": async (page) => {
    await page.setInputFiles("#file", { name: "a.trace", mimeType: "", buffer: Buffer.from("no trace") });
  },
};

/** Runs a command of the palette by a few letters. */
async function command(page: Page, letters: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
  await idle(page);
}

describe.skipIf(!hasBrowser)("the inspector for everyone", () => {
  const bench = benchOfTests();

  const empty = (findings: object): object =>
    Object.fromEntries(Object.keys(findings).map((name) => [name, []]));

  /** What is found of the page as it is, and, of its colours, in the dark. */
  async function findingsOf(page: Page): Promise<readonly string[]> {
    await idle(page);
    const light = await audit(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await audit(page, ["color-contrast"]);
    await page.emulateMedia({ colorScheme: "light" });
    return [...light, ...dark.map((finding) => `dark: ${finding}`)];
  }

  it("has no serious finding of axe in any state, light and dark", { timeout: 120_000 }, async () => {
    const page = await bench.open("#program=digits&step=4");
    await page.click("#fit");
    const findings: Record<string, readonly string[]> = {};
    for (const [name, bring] of Object.entries(states)) {
      await bring(page);
      findings[name] = await findingsOf(page);
      for (const key of ["Escape", "Escape", "Escape"]) await page.keyboard.press(key);
    }
    expect(findings).toEqual(empty(findings));
    await page.close();
  });

  it.each([1280, 390])(
    "has no serious finding of axe in any tab, %i wide",
    { timeout: 60_000 },
    async (width) => {
      const page = await bench.open("#program=digits&step=4", width);
      // A card that the pane cuts is called by all its words, of which axe sees but some.
      await page.click("#fit");
      const tabs = await page.$$eval("[role=tab]", (all) => all.map(({ id }) => id));
      expect(tabs.length).toBeGreaterThan(2);
      const findings: Record<string, readonly string[]> = {};
      for (const tab of tabs) {
        await page.click(`#${tab}`);
        findings[tab] = await findingsOf(page);
      }
      expect(findings).toEqual(empty(findings));
      await page.close();
    },
  );

  it("moves nothing by itself for those who asked for less motion", async () => {
    const page = await bench.open("#program=digits&hidden=8");
    await page.emulateMedia({ reducedMotion: "reduce" });
    // Every place that the first card is drawn at from now on.
    await page.evaluate(() => {
      const places = new Set<string>();
      const look = (): void => {
        const box = document.querySelector(".card[data-key=n0]")?.getBoundingClientRect();
        if (box !== undefined) places.add(`${box.x.toFixed(1)} ${box.y.toFixed(1)}`);
        requestAnimationFrame(look);
      };
      look();
      Object.assign(globalThis, { places });
    });
    await command(page, "foldall");
    const places = await page.evaluate(() => [
      ...(globalThis as typeof globalThis & { places: Set<string> }).places,
    ]);
    // Where it was, and where it is.
    expect(places.length).toBeLessThanOrEqual(2);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")].flatMap((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        const lasts = transitionDuration.split(",").some((text) => Number.parseFloat(text) > 0.01);
        return lasts || animationName !== "none" || scrollBehavior === "smooth" ? [element.outerHTML] : [];
      }),
    );
    expect(moving).toEqual([]);
    await page.close();
  });
});
