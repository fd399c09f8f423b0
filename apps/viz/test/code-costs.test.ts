// Features 13 and 14 on the page: each node of F leads to its file and line, and its costs sum to the library's own count.
import { readFileSync } from "node:fs";
import { exp, type Listener, listen, mul, profile, Variable, variable } from "@adjoint/autograd";
import { encodeTrace, record, type Trace } from "@adjoint/autograd/graph";
import { bytesPerElement, type Storage } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { codePlaces } from "../src/code-places.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { InspectorBench, idle } from "./inspector-page.ts";

describe.skipIf(!hasBrowser)("code and costs", () => {
  let bench: InspectorBench;
  /** F, as Node records it. */
  const trace = recordStep(digitsProgram(32, 0), 0, {});
  const ops = trace.nodes.filter(({ kind }) => kind === "op");

  beforeAll(async () => {
    bench = await InspectorBench.start();
  });

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  async function openTrace(page: Page, opened: Trace): Promise<void> {
    const buffer = Buffer.from(encodeTrace(opened));
    await page.setInputFiles("#file", { name: "given.trace", mimeType: "", buffer });
    await idle(page);
  }

  describe("the tab Code", () => {
    const source = readFileSync(new URL("../src/programs/digits.ts", import.meta.url), "utf8").split("\n");
    const places = codePlaces(trace);

    /** File, line, text of the line and what is called, as the page says them of what is shown. */
    const told = (page: Page): Promise<(string | null | undefined)[]> =>
      page.evaluate(() => {
        const line = document.querySelector<HTMLElement>(".code-line[aria-current]");
        return [
          document.querySelector(".code-head .address")?.textContent,
          line?.dataset.line,
          line?.querySelector("code")?.textContent,
          line?.querySelector("mark")?.textContent,
        ];
      });

    it("leads each node of F to its file and line, which are Node's", async () => {
      const page = await bench.open("#program=digits&tab=code");
      expect(ops.length).toBe(10);
      for (const { id, op } of ops) {
        await page.dispatchEvent(`#drawing .card[data-key=n${id}]`, "click");
        await idle(page);
        const line = places.placeOf(id)?.line ?? 0;
        const text = source[line - 1] ?? "";
        const call = /forward|crossEntropy/.exec(text)?.[0];
        expect(await told(page), op).toEqual(["programs/digits.ts", String(line), text, call]);
        expect(await page.locator(".code-nodes [aria-current]").getAttribute("data-node")).toBe(String(id));
      }
      // A leaf comes from no line: it leads to the first that reads it.
      const weight = trace.nodes.find(({ name }) => name === "2.weight");
      await page.dispatchEvent(`#drawing .card[data-key=n${weight?.id}]`, "click");
      const reader = ops.find(({ inputs }) => inputs.some(({ source: from }) => from === weight?.id));
      expect((await told(page))[1]).toBe(String(places.placeOf(reader?.id ?? -1)?.line));
      await page.close();
    });

    it("shows the whole text of the file, and which lines made how many nodes", async () => {
      const page = await bench.open("#program=digits&tab=code");
      const lines = await page.$$eval(".code-line", (all) =>
        all.map((line) => [
          line.querySelector("code")?.textContent,
          line.querySelector(".line-made")?.textContent,
        ]),
      );
      // Those in sight and somewhat more are elements.
      expect(lines.length).toBeGreaterThan(20);
      expect(lines.map(([text]) => text)).toEqual(source.slice(0, lines.length));
      const [file] = places.files;
      const made = lines.map((_, i) => file?.lines.get(i + 1)?.length ?? 0);
      expect(lines.map(([, words]) => words)).toEqual(
        made.map((count) => (count === 0 ? "" : `${count} nodes`)),
      );
      expect(made.filter((count) => count > 0)).toEqual([5, 5]);
      await page.close();
    });

    it("follows the stepper, and leads from the panel of a step to the line", async () => {
      const page = await bench.open("#program=digits&step=1&tab=code");
      expect((await told(page))[3]).toBe("crossEntropy");
      await page.click("#last");
      await idle(page);
      expect((await told(page))[3]).toBe("forward");
      await page.click("#tab-details");
      const line = places.placeOf(ops[0]?.id ?? -1)?.line;
      expect(await page.locator("#panel .place").first().textContent()).toBe(`digits.ts:${line}`);
      await page.locator("#panel .place").first().click();
      expect(await page.locator("#tab-code").getAttribute("aria-selected")).toBe("true");
      expect((await told(page))[1]).toBe(String(line));
      await page.close();
    });

    it("goes from a line to its nodes by the keyboard, one after another and round", async () => {
      const page = await bench.open("#program=digits&tab=code");
      await page.focus("#tab-code");
      const onLine = (): Promise<string | undefined> =>
        page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.line);
      for (let i = 0; i < 5 && (await onLine()) === undefined; i++) await page.keyboard.press("Tab");
      const [[first, nodes] = [], [second] = []] = [...(places.files[0]?.lines ?? [])];
      expect(await onLine()).toBe(String(first));
      await page.keyboard.press("ArrowDown");
      expect(await onLine()).toBe(String(second));
      await page.keyboard.press("ArrowDown");
      expect(await onLine()).toBe(String(second));
      await page.keyboard.press("Home");
      expect(await onLine()).toBe(String(first));
      const chosen: (string | null)[] = [];
      for (let i = 0; i < (nodes?.length ?? 0) + 1; i++) {
        await page.keyboard.press("Enter");
        await idle(page);
        chosen.push(await page.locator(".card[data-selected]").getAttribute("data-key"));
        expect(await onLine()).toBe(String(first));
      }
      expect(chosen).toEqual([...(nodes ?? []), nodes?.[0]].map((id) => `n${id}`));
      expect(await page.locator("#spoken").textContent()).toMatch(`1 of 5 of line ${first}: linear`);
      await page.close();
    });

    it("says why there is no text, or no place, and what to do", async () => {
      const page = await bench.open("#program=expression&tab=code");
      const body = (): void => exp(mul(variable(2), 3)).backward();
      await openTrace(page, record(body, { places: () => "src/a.ts:7:3" }));
      expect(await page.locator(".code-head").textContent()).toContain("--no-trace-source");
      // The line is known all the same.
      expect(await page.locator(".code-line").allTextContents()).toEqual(["Line 72 nodes"]);
      await openTrace(page, record(body));
      expect(await page.locator(".code").textContent()).toMatch(/No lines were noted.*places: true/);
      await page.close();
    });

    it("shows hostile text as text", async () => {
      const page = await bench.open("#program=expression&tab=code");
      const plain = record(() => exp(variable(1)), { places: () => "<b>.js:1:1" });
      const text = "</code><img src=x onerror=alert(1)>`";
      await openTrace(page, { ...plain, metadata: new Map([["source:<b>.js", text]]) });
      expect(await page.locator(".code-line code").textContent()).toBe(text);
      expect(await page.locator(".code h2").textContent()).toBe("<b>.js");
      await page.close();
    });
  });

  describe("the tab Costs", () => {
    /** The numbers of a measure, by the nodes of their rows. */
    const numbers = (page: Page, measure: string): Promise<(readonly [number, number])[]> =>
      page.$$eval(`.cost-table tbody td[data-measure=${measure}]`, (cells) =>
        cells.map((cell) => {
          const row = cell.closest("tr");
          return [Number(row?.dataset.node), Number(cell.getAttribute("data-exact"))] as const;
        }),
      );

    const sumOf = (page: Page, measure: string): Promise<number> =>
      page.locator(`.cost-table tfoot td[data-measure=${measure}]`).getAttribute("data-exact").then(Number);

    /** What the library counts by itself. */
    function librarys(): { savedBytes: number; valueBytes: number } {
      const program = digitsProgram(32, 0);
      const storages = new Set<Storage>();
      const hear: Listener = {
        forward({ inputs, output }) {
          for (const each of [...inputs, output]) {
            storages.add(each instanceof Variable ? each.value.storage : each.storage);
          }
        },
      };
      listen(hear, () => program.loss());
      const kept = profile(() => digitsProgram(32, 0).loss().backward()).nodes;
      return {
        savedBytes: kept.reduce((sum, node) => sum + node.savedBytes, 0),
        valueBytes: [...storages].reduce(
          (sum, { length, dtype }) => sum + length * bytesPerElement(dtype),
          0,
        ),
      };
    }

    it("shows bytes that sum to the library's own count, in every table", async () => {
      const page = await bench.open("#program=digits&tab=costs");
      const expected = librarys();
      for (const by of ["node", "op", "module"]) {
        await page.click(`.segments [data-by=${by}]`);
        for (const measure of ["savedBytes", "valueBytes"] as const) {
          const sum = (await numbers(page, measure)).reduce((all, [, bytes]) => all + bytes, 0);
          expect(Object.is(sum, expected[measure]), `${measure} by ${by}: ${sum}`).toBe(true);
          expect(Object.is(await sumOf(page, measure), expected[measure])).toBe(true);
        }
        for (const measure of ["forward", "backward"]) {
          const sum = (await numbers(page, measure)).reduce((all, [, time]) => all + time, 0);
          expect(Object.is(await sumOf(page, measure), sum)).toBe(true);
        }
      }
      // Node by node too: the page's library counts what Node's does.
      await page.click(".segments [data-by=node]");
      const saved = new Map(await numbers(page, "savedBytes"));
      expect(saved).toEqual(new Map(trace.nodes.map(({ id, savedBytes }) => [id, savedBytes])));
      await page.close();
    });

    it("shows the times of a trace, to the nanosecond, and says what the clock of a page does to them", async () => {
      const page = await bench.open("#program=expression&tab=costs");
      expect(await page.locator(".costs .clock").textContent()).toContain("ticks every 0.1 ms");
      let clock = 0;
      const timed = record(() => digitsProgram(32, 0).loss().backward(), { now: () => clock++ });
      await openTrace(page, timed);
      expect(await page.locator(".costs .clock").count()).toBe(0);
      expect(new Map(await numbers(page, "forward"))).toEqual(
        new Map(timed.nodes.map(({ id, nanoseconds }) => [id, nanoseconds])),
      );
      const [pass] = timed.passes;
      const backward = new Map(
        pass?.steps.map(({ node, contributions }) => [
          node,
          contributions.reduce((sum, each) => sum + each.ruleNanoseconds + each.sumNanoseconds, 0),
        ]),
      );
      expect(backward.size).toBeGreaterThan(10);
      for (const [node, time] of await numbers(page, "backward")) expect(time).toBe(backward.get(node) ?? 0);
      await page.close();
    });

    it("sorts by any column, up and down", async () => {
      const page = await bench.open("#program=digits&tab=costs");
      const sorted = async (measure: string): Promise<[string | null, number[]]> => {
        const head = page.locator(`.cost-table thead th[data-measure=${measure}]`);
        const list = (await numbers(page, measure)).map(([, number]) => number);
        expect(await page.locator(".cost-table [aria-sort]").count()).toBe(1);
        return [await head.getAttribute("aria-sort"), list];
      };
      for (const measure of ["valueBytes", "savedBytes"]) {
        await page.click(`[data-sort=${measure}]`);
        const down = await sorted(measure);
        await page.click(`[data-sort=${measure}]`);
        const up = await sorted(measure);
        expect([down[0], up[0]]).toEqual(["descending", "ascending"]);
        expect(down[1]).toEqual([...down[1]].sort((a, b) => b - a));
        expect(up[1]).toEqual([...down[1]].sort((a, b) => a - b));
        expect(new Set(down[1]).size).toBeGreaterThan(3);
      }
      await page.click("[data-sort=order]");
      const order = (await numbers(page, "savedBytes")).map(([node]) => node);
      expect(order).toEqual(trace.nodes.map(({ id }) => id));
      await page.close();
    });

    it("chooses and reveals the node of a row, by the keyboard too", async () => {
      const page = await bench.open("#program=digits&tab=costs");
      await page.click("[data-sort=order]");
      const selected = (): Promise<string | null> =>
        page.locator(".card[data-selected]").getAttribute("data-key");
      await page.click(".cost-table tbody tr:nth-child(3) td");
      await idle(page);
      expect(await selected()).toBe(`n${trace.nodes[2]?.id}`);
      expect(await page.locator(".cost-table tr[aria-current]").getAttribute("data-node")).toBe(
        String(trace.nodes[2]?.id),
      );
      await page.focus(".cost-table tbody button[tabindex='0']");
      for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) await page.keyboard.press(key);
      await idle(page);
      expect(await selected()).toBe(`n${trace.nodes[3]?.id}`);
      expect(await page.locator("#position").textContent()).toMatch(/^0 /);
      await page.close();
    });

    it("saves the times for Perfetto", async () => {
      const page = await bench.open("#program=digits&tab=costs");
      const [download] = await Promise.all([page.waitForEvent("download"), page.click(".save-chrome")]);
      expect(download.suggestedFilename()).toBe("step.chrome.json");
      const { traceEvents } = JSON.parse(readFileSync(await download.path(), "utf8")) as {
        traceEvents: { name: string; cat?: string }[];
      };
      const forward = traceEvents.filter(({ cat }) => cat === "forward").map(({ name }) => name);
      expect(forward).toEqual(ops.map(({ op }) => op));
      await page.close();
    });

    it("sums what it does not show of 2,000 nodes", async () => {
      const page = await bench.open("#program=expression&tab=costs");
      const chain = record(() => {
        let y: Variable = variable([1], { dtype: "float64" });
        for (let i = 0; i < 999; i++) y = mul(y, 1.0001);
        y.backward();
      });
      await openTrace(page, chain);
      expect(await page.locator(".cost-table tbody tr[data-node]").count()).toBe(100);
      const whole = chain.nodes.reduce((sum, { valueBytes }) => sum + valueBytes, 0);
      for (let i = 0; i < 2; i++) {
        const shown = (await numbers(page, "valueBytes")).reduce((all, [, bytes]) => all + bytes, 0);
        expect([shown, await sumOf(page, "valueBytes")]).toEqual([whole, whole]);
        await page.click(".cost-table .more");
      }
      expect(await page.locator(".cost-table tbody tr[data-node]").count()).toBe(300);
      await page.close();
    });
  });
});
