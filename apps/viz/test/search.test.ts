// Features 11 and 15 in the page: the search over the outline, the command palette, the keys and their help.
import { Variable } from "@adjoint/autograd";
import { encodeTrace, type Trace, type TraceNode } from "@adjoint/autograd/graph";
import { tensor } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { framesOf, stateAfter } from "../src/backward-states.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { benchOfTests } from "./bench-of-tests.ts";
import { idle } from "./inspector-page.ts";

/** Fixture F but for its width, with a hidden unit that is never on. */
function traceWithDeadUnit(): Trace {
  const program = digitsProgram(8, 0);
  const bias = new Map(program.names).get("0.bias");
  if (bias instanceof Variable) {
    bias.value.assign(
      tensor(Array.from(bias.value.toTypedArray(), (x, unit) => (unit === 3 ? -100 : Number(x)))),
    );
  }
  return recordStep(program, 0, {});
}

const trace = traceWithDeadUnit();
const frames = trace.passes[0] === undefined ? null : framesOf(trace, trace.passes[0]);

const norm = (numbers: ArrayLike<number | bigint> | null | undefined): number =>
  Math.hypot(...Array.from(numbers ?? [Number.NaN], Number));

/** The ids of the nodes for which `holds`, with the norm of the gradient after `step` presses; in order of execution. */
function bruteForce(step: number, holds: (node: TraceNode, gradientNorm: number) => boolean): number[] {
  const state = frames === null ? null : stateAfter(frames, step);
  return trace.nodes
    .filter((node) => holds(node, norm(state?.adjoints.get(node.id)?.tensor.data)))
    .map(({ id }) => id);
}

describe.skipIf(!hasBrowser)("searching and commanding the inspector", () => {
  const bench = benchOfTests();

  /** A page with the trace, its search ready to be written in. */
  async function open(): Promise<Page> {
    const page = await bench.open("#program=xor");
    const buffer = Buffer.from(encodeTrace(trace));
    await page.setInputFiles("#file", { name: "a.trace", mimeType: "", buffer });
    await idle(page);
    await page.keyboard.press("/");
    return page;
  }

  async function query(page: Page, text: string): Promise<void> {
    await page.fill("#search", text);
    await idle(page);
  }

  const shownIds = (page: Page): Promise<number[]> =>
    page.$$eval("#panel [role=treeitem]:not(.module)", (rows) =>
      rows.map((row) => Number(row.getAttribute("data-key")?.slice(1))).sort((a, b) => a - b),
    );

  const markedIds = (page: Page): Promise<number[]> =>
    page.$$eval(".card[data-marks~=found]", (cards) =>
      cards.map((card) => Number(card.getAttribute("data-key")?.slice(1))).sort((a, b) => a - b),
    );

  it.each<[string, number, (node: TraceNode, gradientNorm: number) => boolean]>([
    ["op:relu", 0, ({ op }) => op === "relu"],
    ["|grad|>0.3", 10, (_, gradientNorm) => gradientNorm > 0.3],
    ["|grad|>0.3 kind:leaf", 4, ({ kind }, gradientNorm) => kind === "leaf" && gradientNorm > 0.3],
    [
      "weight or shape:[*,10]",
      0,
      ({ name, shape }) => name?.includes("weight") === true || (shape.length === 2 && shape[1] === 10),
    ],
    ["not tracked", 0, ({ tracked }) => !tracked],
    ["dead", 0, ({ op }) => op === "relu"],
    ["nan", 10, () => false],
  ])(
    "finds by %s after %i steps what a filter by hand finds, and marks it in the graph",
    async (text, step, holds) => {
      const page = await open();
      await page.keyboard.press("Escape");
      for (let k = 0; k < step; k++) await page.click("#forth");
      await query(page, text);
      const expected = bruteForce(step, holds);
      expect(await shownIds(page)).toEqual(expected);
      expect(await markedIds(page)).toEqual(expected);
      const words = expected.length === 1 ? "1 node" : `${expected.length} nodes`;
      expect(await page.locator("#search-says").textContent()).toBe(
        expected.length === 0 ? "No node" : words,
      );
      await page.close();
    },
  );

  it("follows the backward pass: a gradient that comes is found", async () => {
    const page = await open();
    await query(page, "|grad|>0");
    const counts: number[] = [];
    for (let step = 0; step <= 10; step++) {
      const expected = bruteForce(step, (_, gradientNorm) => gradientNorm > 0);
      expect(await shownIds(page)).toEqual(expected);
      expect(await markedIds(page)).toEqual(expected);
      counts.push(expected.length);
      if (step < 10) await page.click("#forth");
      await idle(page);
    }
    expect(new Set(counts).size).toBeGreaterThan(5);
    await page.close();
  });

  it("goes from hit to hit with Enter, says where, and ends with Escape", async () => {
    const page = await open();
    await page.keyboard.type("op:linear");
    const chosen = (): Promise<string | null> =>
      page.locator("[aria-selected=true].tree-row").getAttribute("data-key");
    const [first, second] = bruteForce(0, ({ op }) => op === "linear").map((id) => `n${id}`);
    const visited: (string | null)[] = [];
    for (const key of ["Enter", "Enter", "Enter", "Shift+Enter"]) {
      await page.keyboard.press(key);
      visited.push(await chosen());
    }
    expect(visited).toEqual([first, second, first, second]);
    expect(await page.locator("#search-says").textContent()).toBe("2 of 2 nodes");
    expect(await page.locator("#spoken").textContent()).toMatch(/^2 of 2: linear, \[8 × 10\]; value norm /);
    await page.keyboard.press("Escape");
    expect(await page.inputValue("#search")).toBe("");
    expect(await markedIds(page)).toEqual([]);
    expect((await shownIds(page)).length).toBeGreaterThan(10);
    // The node is still chosen: Escape in the field was the field's.
    expect(await chosen()).toBe(second);
    await page.close();
  });

  it("tells the character that it cannot read, and keeps what it found", async () => {
    const page = await open();
    await query(page, "op:relu");
    const found = await shownIds(page);
    await query(page, "op:relu op:");
    expect(await shownIds(page)).toEqual(found);
    await query(page, "op:relu )");
    expect(await page.locator("#search-says").textContent()).toContain("at character 9");
    expect(await page.getAttribute("#search", "aria-invalid")).toBe("true");
    expect(await shownIds(page)).toEqual(found);
    await page.waitForFunction(
      () => document.querySelector("#spoken")?.textContent?.includes("character 9") === true,
    );
    await page.close();
  });

  it("completes what is written with the keyboard", async () => {
    const page = await open();
    await page.keyboard.type("op:re");
    const options = page.locator(".search [role=option] code");
    expect(await options.allTextContents()).toContain("op:relu");
    expect(await page.getAttribute("#search", "aria-expanded")).toBe("true");
    await page.keyboard.press("ArrowDown");
    const active = await page.getAttribute("#search", "aria-activedescendant");
    expect(await page.locator(`#${active} code`).textContent()).toBe("op:relu");
    await page.keyboard.press("Enter");
    await page.keyboard.type("or |grad|");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.type("5");
    expect(await page.inputValue("#search")).toBe("op:relu or |grad|>5");
    expect(await page.locator(".search [role=option]").count()).toBe(0);
    await page.close();
  });

  it("has a palette of commands, programs, tabs and nodes, by a few letters and by the keyboard alone", async () => {
    const page = await bench.open("#program=digits&hidden=8");
    const choose = async (letters: string): Promise<void> => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type(letters);
      await page.keyboard.press("Enter");
      await idle(page);
    };
    await page.focus("#forth");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("forth");
    await choose("end backw");
    expect(await page.locator("#position").textContent()).toMatch(/^10 \/ 10/);
    await choose("2.bi");
    expect(await page.locator("#panel .node h2").textContent()).toContain("2.bias");
    await choose("outl");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-outline");
    await choose("foldall");
    expect(await page.locator(".card[data-kind=module]").count()).toBeGreaterThan(0);
    await choose("why relu units die");
    expect(await page.locator("#panel .lessons h2").first().textContent()).not.toBe("Lessons");
    await choose("exclusive or, 2");
    expect(await page.locator("#position").textContent()).toMatch(/^0 \/ 8 /);
    expect(await page.inputValue("[name=program]")).toBe("xor");
    await page.close();
  });

  it("lists every key that a command has in the help of keys, and can do without single characters", async () => {
    const page = await bench.open("#program=xor");
    await page.keyboard.press("Control+k");
    const keys = await page.locator("dialog [role=option] kbd").allTextContents();
    expect(keys).toEqual(expect.arrayContaining(["/", "?", "→", "End", "+"]));
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    const listed = new Set(await page.locator("dialog.keyboard kbd").allTextContents());
    expect(keys.filter((key) => !listed.has(key))).toEqual([]);
    await page.locator("dialog input[type=checkbox]").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    expect(await page.locator("#search").count()).toBe(0);
    await page.reload();
    await idle(page);
    await page.keyboard.press("?");
    expect(await page.locator("dialog").count()).toBe(0);
    await page.keyboard.press("Control+k");
    expect(await page.locator("dialog.palette").count()).toBe(1);
    await page.close();
  });
});
