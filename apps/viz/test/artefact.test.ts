// Feature 5: a trace in a self-contained page, from file:// and without a request; and back again, bit for bit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { div, log, mul, sum, Variable } from "@adjoint/autograd";
import { decodeTrace, encodeTrace, record } from "@adjoint/autograd/graph";
import { tensor } from "@adjoint/tensor";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, launchBrowser } from "../../../scripts/browser/browser.ts";
import { traceArtefact } from "../src/artefact/artefact.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { hashOf, InspectorBench, idle } from "./inspector-page.ts";

/** Zeros of both signs, infinities and NaN among values, adjoints and statistics. */
function specialTrace(): Uint8Array {
  const numbers = Float64Array.of(-0, 0, -1, Number.POSITIVE_INFINITY, Number.NaN, 5e-324, 1e308);
  const x = new Variable(tensor(numbers), { requiresGrad: true });
  return encodeTrace(
    record(() => sum(mul(log(x), div(x, -0))).backward(), {
      names: [["</script><script>alert(1)</script>", x]],
      metadata: { note: "<!-- <script> $& \u2028 \r\n" },
    }),
  );
}

describe.skipIf(!hasBrowser)("a self-contained page", () => {
  const folder = mkdtempSync(join(tmpdir(), "adjoint-artefact-"));
  const problems: string[] = [];
  const requests: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  /** The file in a page that notes what it asks for and complains of. */
  async function open(file: string, hash: string = ""): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(`${message.type()}: ${message.text()}`));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href + hash);
    await idle(page);
    return page;
  }

  async function fileOf(name: string, trace: Uint8Array): Promise<string> {
    const file = join(folder, name);
    writeFileSync(file, await traceArtefact(trace));
    return file;
  }

  /** Saves by the button, or by an entry of the menu. */
  async function saved(page: Page, entry: string, name: string): Promise<string> {
    if (entry !== "#save") await page.click("#save-more");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(entry)]);
    const file = join(folder, name);
    await download.saveAs(file);
    await idle(page);
    return file;
  }

  /** What was asked for and complained of since the last call; blob: is the page's own memory. */
  const heard = (): { problems: string[]; requests: string[] } => ({
    problems: problems.splice(0),
    requests: requests.splice(0).filter((url) => !url.startsWith("blob:")),
  });

  it("opens from file:// with no request but itself, and steps, folds and records there", async () => {
    const file = await fileOf("digits.html", encodeTrace(recordStep(digitsProgram(32, 0), 0, {})));
    const page = await open(file);
    expect(await page.locator("#problem").isVisible()).toBe(false);
    const cards = await page.locator(".card").count();
    expect(cards).toBeGreaterThan(8);
    await page.keyboard.press("ArrowRight");
    expect(await page.locator("#position").textContent()).toMatch(/^1 \/ \d+ /);
    await page.click("#fold");
    await idle(page);
    expect(await page.locator(".card").count()).toBeLessThan(cards);
    await page.selectOption("[name=program]", "xor");
    await page.click("text=Record");
    await idle(page);
    expect(await page.locator("#position").textContent()).toMatch(/^0 \/ 8 /);
    expect(heard()).toEqual({ problems: [], requests: [pathToFileURL(file).href] });
    // The layout and the library have run in workers of the page's own.
    expect(page.workers().map((worker) => worker.url().split(":")[0])).toEqual(["blob", "blob"]);
    await page.close();
  });

  it("gives the trace back bit for bit, NaN and −0 too, and so does a page that it saved", async () => {
    const trace = specialTrace();
    const file = await fileOf("special.html", trace);
    const page = await open(file);
    expect(readFileSync(await saved(page, "#save", "first.trace")).equals(trace)).toBe(true);
    const copy = await saved(page, "#save-page", "copy.html");
    await page.close();
    const again = await open(copy);
    expect(readFileSync(await saved(again, "#save", "second.trace")).equals(trace)).toBe(true);
    await again.close();
    expect(heard().problems).toEqual([]);
    expect(readFileSync(copy).equals(readFileSync(file))).toBe(true);
    // What the numbers are, so that the file has what the test is about.
    const value = decodeTrace(trace).nodes[0]?.value?.data;
    expect([value?.[0], value?.[4]]).toEqual([-0, Number.NaN]);
  });

  it("is saved by the served page as the program makes it", async () => {
    const bench = await InspectorBench.start();
    const served = await bench.open("#program=xor&seed=4");
    const trace = readFileSync(await saved(served, "#save", "served.trace"));
    const copy = readFileSync(await saved(served, "#save-page", "served.html"));
    await bench.stop();
    expect(bench.problems).toEqual([]);
    expect(copy.equals(await traceArtefact(trace))).toBe(true);
  });

  it("comes back to the step and the node of its address", async () => {
    const file = await fileOf("state.html", encodeTrace(recordStep(digitsProgram(4, 0), 0, {})));
    const page = await open(file);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const again = await open(file, await hashOf(page));
    expect(await again.locator("#position").textContent()).toMatch(/^2 \/ /);
    await page.close();
    await again.close();
    expect(heard().problems).toEqual([]);
  });

  it("says that a damaged part cannot be read, and stays alive", async () => {
    const file = await fileOf("damaged.html", specialTrace());
    const html = readFileSync(file, "utf8");
    writeFileSync(file, html.replace(/(trace-part">.{100})./, "$1*"));
    const page = await open(file);
    expect(await page.locator("#problem").textContent()).not.toBe("");
    await page.click("text=Record");
    await idle(page);
    expect(await page.locator("#problem").isVisible()).toBe(false);
    expect(await page.locator(".card").count()).toBeGreaterThan(8);
    await page.close();
    heard();
  });
});
