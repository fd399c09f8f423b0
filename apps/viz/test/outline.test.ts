// Feature 11, the outline: a tree that mirrors the graph, by the keyboard alone, and with 10,000 nodes.
import { encodeTrace } from "@adjoint/autograd/graph";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { idle } from "./inspector-page.ts";
import { scalarNetTrace } from "./large-trace.ts";

describe.skipIf(!hasBrowser)("the outline", () => {
  const bench = benchOfTests();

  const titles = (page: Page): Promise<string[]> =>
    page.$$eval("#panel [role=treeitem]", (rows) =>
      rows.map((row) => {
        const sign = { true: "▾", false: "▸" }[row.getAttribute("aria-expanded") ?? ""] ?? "";
        return `${"  ".repeat(Number(row.getAttribute("aria-level")) - 1)}${sign}${row.querySelector("b")?.textContent}`;
      }),
    );

  const focused = (page: Page): Promise<string | null> =>
    page.evaluate(
      () => document.activeElement?.closest("[role=treeitem]")?.querySelector("b")?.textContent ?? null,
    );

  const spoken = (page: Page): Promise<string | null> => page.locator("#spoken").textContent();

  it("mirrors the graph: every node of it once, with the numbers of its card", async () => {
    const page = await bench.open("#program=digits&hidden=8&step=4&tab=outline");
    expect((await titles(page)).slice(0, 8)).toEqual([
      "images",
      "▾Sequential",
      "  ▾0 · Linear",
      "    0.weight",
      "    linear",
      "    0.bias",
      "    add",
      "  ▾1 · ReLU",
    ]);
    const numbers = (of: string): Promise<[string, string][]> =>
      page.$$eval(of, (all) =>
        all.map((each): [string, string] => {
          const exact = [...each.querySelectorAll("[data-exact]")].map((cell) =>
            cell.getAttribute("data-exact"),
          );
          return [each.getAttribute("data-key") ?? "", exact.join(" ")];
        }),
      );
    const rows = new Map(await numbers("#panel [role=treeitem]:not(.module)"));
    const cards = new Map(await numbers("#drawing .card"));
    expect(cards.size).toBeGreaterThan(12);
    expect(rows).toEqual(cards);
    // The step that ran last is said in a word, too.
    expect(await page.locator("[role=treeitem].now").getAttribute("data-key")).toBe(
      await page.locator(".card[data-current]").getAttribute("data-key"),
    );
    await page.close();
  });

  it("is walked with the arrows, opened, closed and jumped in; Enter chooses a node", async () => {
    const page = await bench.open("#program=digits&hidden=8&tab=outline");
    await page.focus("#tab-outline");
    for (let i = 0; i < 9 && (await focused(page)) === null; i++) await page.keyboard.press("Tab");
    const press = async (...keys: string[]): Promise<string | null> => {
      for (const key of keys) await page.keyboard.press(key);
      return focused(page);
    };
    expect(await focused(page)).toBe("images");
    expect(await press("ArrowDown", "ArrowRight")).toBe("0 · Linear");
    expect(await press("ArrowLeft")).toBe("0 · Linear");
    expect((await titles(page)).slice(1, 4)).toEqual(["▾Sequential", "  ▸0 · Linear", "  ▾1 · ReLU"]);
    expect(await press("ArrowDown", "ArrowDown")).toBe("relu");
    expect(await press("ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowRight")).toBe("0.weight");
    expect(await press("End")).toBe("div");
    expect(await press("Home", "l")).toBe("linear");
    expect(await page.locator("#position").textContent()).toMatch(/^0 /);
    expect(await press("Enter")).toBe("linear");
    expect(await page.locator(".card[data-selected] .title").textContent()).toBe("linear");
    expect(await page.locator("[role=treeitem][aria-selected=true] b").textContent()).toBe("linear");
    expect(await page.locator("[role=tree] [tabindex='0']").count()).toBe(1);
    await page.close();
  });

  it("follows edges with Alt and the arrows, says what it followed, and lists them as links", async () => {
    const page = await bench.open("#program=expression&tab=outline");
    const press = async (key: string): Promise<[string | null, string | null]> => {
      await page.keyboard.press(key);
      await idle(page);
      return [await focused(page), await spoken(page)];
    };
    await page.focus("[role=treeitem][tabindex='0']");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect(await press("Alt+ArrowUp")).toEqual(["div", "Input 1 of 1 of tanh: div, scalar."]);
    expect(await press("Alt+ArrowUp")).toEqual(["mul", "Input 1 of 2 of div: mul, scalar."]);
    expect(await press("Alt+ArrowRight")).toEqual(["10", "Input 2 of 2 of div: 10, scalar."]);
    expect(await press("Alt+ArrowUp")).toEqual(["10", "10 reads nothing of this trace."]);
    expect(await press("Alt+ArrowDown")).toEqual(["div", "Reader 1 of 1 of 10: div, scalar."]);
    const links = page.locator(".links .link");
    expect(await links.allTextContents()).toEqual(["mul", "10", "tanh"]);
    await links.last().focus();
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("tanh");
    await page.close();
  });

  it("holds 10,000 nodes of which only those in sight are elements, and keeps the focus on a row far away", {
    timeout: 60_000,
  }, async () => {
    const page = await bench.open("#program=expression&tab=outline");
    const trace = scalarNetTrace(10_000);
    const buffer = Buffer.from(encodeTrace(trace));
    await page.setInputFiles("#file", { name: "long.trace", mimeType: "", buffer });
    await idle(page);
    const rows = page.locator("[role=treeitem]");
    const count = Number(await rows.first().getAttribute("aria-setsize"));
    expect(count).toBe(trace.nodes.length);
    expect(await rows.count()).toBeLessThan(60);
    await rows.first().focus();
    await page.keyboard.press("End");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-posinset"))).toBe(
      String(count),
    );
    await page.evaluate(() => document.querySelector("[role=tree]")?.scrollTo(0, 0));
    await page.waitForFunction(() => document.querySelector("[role=treeitem][aria-posinset='1']") !== null);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-posinset"))).toBe(
      String(count),
    );
    expect(await rows.count()).toBeLessThan(60);
    await page.close();
  });
});
