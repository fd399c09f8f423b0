/**
 * Does the inspector keep its gates? Measures the page in headless Chromium on fixture F (784-32-10, batch 8), and on
 * deep networks of about 2,000 and 10,000 nodes, three times each in turn, and prints a table of medians; with --write
 * it goes into docs/inspector-gates.md.
 *
 * Run: npx tsx bench/inspector-gates.ts [--write] [--runs 3]
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { add, mul, sum, tanh, Variable } from "@adjoint/autograd";
import { encodeTrace, record, type Trace } from "@adjoint/autograd/graph";
import { Generator } from "@adjoint/tensor";
import type { Browser, Page } from "playwright-core";
import { digitsProgram } from "../apps/viz/src/programs/digits.ts";
import { recordStep } from "../apps/viz/src/programs/program.ts";
import { buildPage } from "../apps/viz/src/server/page-files.ts";
import { inspectorServer } from "../apps/viz/src/server/server.ts";
import { launchBrowser } from "../scripts/browser/browser.ts";

/** What one visit of a page gave; milliseconds. */
interface Visit {
  readonly painted: number;
  readonly longestTask: number;
  readonly frames: readonly number[];
  readonly steps: readonly number[];
}

/** A row of the table. */
interface Gate {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly kept: boolean;
}

const { values } = parseArgs({
  options: { write: { type: "boolean", default: false }, runs: { type: "string", default: "3" } },
});
const runs = Number(values.runs);

/** Layers of tanh(w·x + b) on vectors of 16, with the layer before the last added: a graph of `nodes` nodes, five a layer. */
function deepTrace(nodes: number): Trace {
  const generator = new Generator(0);
  const point = (): Variable => new Variable(generator.normal([16]), { requiresGrad: true });
  const body = (): void => {
    let x: Variable = point();
    let earlier: Variable = x;
    for (let layer = 0; layer < nodes / 6; layer++) {
      const [w, b] = [point(), point()];
      const y = add(tanh(add(mul(w, x), b)), earlier);
      earlier = x;
      x = y;
    }
    sum(x).backward();
  };
  return record(body);
}

const median = (list: readonly number[]): number => quantile(list, 0.5);

function quantile(list: readonly number[], q: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** One page, from navigation to the painted graph, then 120 frames of zoom and pan, then every press (40 at most). */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // tsx names the functions that it hands to the page with this.
  await page.addInitScript("globalThis.__name = (made) => made");
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(address);
  const seen = await page.evaluate(painted);
  const frames = await page.evaluate(moveCamera);
  const steps = await page.evaluate(pressAll);
  await page.close();
  return { ...seen, frames, steps };
}

/** Runs in the page. The time from navigation until a frame after the graph was drawn, and the longest task until then. */
async function painted(): Promise<{ painted: number; longestTask: number }> {
  const page = globalThis as typeof globalThis & {
    adjointInspector: { idle(): Promise<void> };
    longTasks: number[];
  };
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  while (document.querySelector("#drawing > *") === null) await frame();
  await page.adjointInspector.idle();
  await frame();
  await frame();
  const now = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { painted: now, longestTask: Math.max(0, ...page.longTasks) };
}

/** Runs in the page. Intervals between 120 frames, in each of which the wheel zooms or the pointer drags. */
async function moveCamera(): Promise<number[]> {
  const drawing = document.querySelector("#drawing");
  if (drawing === null) return [];
  const { left, top, width, height } = drawing.getBoundingClientRect();
  const at = (x: number): MouseEventInit => ({
    clientX: left + width / 2 + x,
    clientY: top + height / 2,
    bubbles: true,
    cancelable: true,
    view: window,
  });
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let i = 0; i < 10; i++) await frame();
  const intervals: number[] = [];
  let before = await frame();
  const next = async (): Promise<void> => {
    const now = await frame();
    intervals.push(now - before);
    before = now;
  };
  for (let i = 0; i < 60; i++) {
    drawing.dispatchEvent(new WheelEvent("wheel", { ...at(0), deltaY: i % 40 < 20 ? -60 : 60 }));
    await next();
  }
  const target = drawing.firstElementChild ?? drawing;
  target.dispatchEvent(new MouseEvent("mousedown", at(0)));
  for (let i = 0; i < 60; i++) {
    window.dispatchEvent(new MouseEvent("mousemove", at(i % 40 < 20 ? 6 * (i % 20) : 120 - 6 * (i % 20))));
    await next();
  }
  window.dispatchEvent(new MouseEvent("mouseup", at(0)));
  return intervals;
}

/** Runs in the page. From a press until the frame with its numbers has been produced. */
async function pressAll(): Promise<number[]> {
  const scrub = document.querySelector<HTMLInputElement>("#scrub");
  const times: number[] = [];
  for (let i = 0; i < Math.min(40, Number(scrub?.max ?? 0)); i++) {
    const begun = performance.now();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    times.push(performance.now() - begun);
  }
  return times;
}

/** Live heap of the page in MiB after five loads, and after fifty more. */
async function heapOver(page: Page, loads: number): Promise<[number, number]> {
  const session = await page.context().newCDPSession(page);
  const measure = async (): Promise<number> => {
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    return usedSize / 2 ** 20;
  };
  const load = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      await page.fill("[name=seed]", String(i));
      await page.click("#program button[type=submit]");
      await page.waitForFunction(() => {
        const { adjointInspector } = globalThis as typeof globalThis & {
          adjointInspector: { idle(): Promise<void> };
        };
        return adjointInspector.idle().then(() => true);
      });
    }
  };
  await load(5);
  const first = await measure();
  await load(loads);
  return [first, await measure()];
}

const files = new Map(await buildPage());
/** The gzipped size of a program with the parts that it loads by itself: what a part asks for later is not among them. */
function sizeOf(name: string, seen: Set<string> = new Set()): number {
  const body = files.get(name)?.body ?? new Uint8Array();
  if (seen.has(name)) return 0;
  seen.add(name);
  const parts = [...new TextDecoder().decode(body).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)];
  return parts.reduce((sum, [, part = ""]) => sum + sizeOf(part, seen), gzipSync(body).length);
}

const bundle = ["main.js", "engine-worker.js", "layout-worker.js"].map((name) => sizeOf(name));
const later = [...files.keys()]
  .filter((name) => /^part-toolbox|^analysis-worker/.test(name))
  .map((name) => gzipSync(files.get(name)?.body ?? new Uint8Array()).length);
const server = inspectorServer(files);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const bound = server.address();
const address = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}/`;
const browser = await launchBrowser();

const cases = [
  { name: "F", trace: recordStep(digitsProgram(32, 0), 0, {}), limit: 1000 },
  { name: "2,000 nodes", trace: deepTrace(2000), limit: 1500 },
  { name: "10,000 nodes", trace: deepTrace(10_000), limit: 2500 },
];
const visits = new Map<string, Visit[]>(cases.map(({ name }) => [name, []]));
for (let run = 0; run < runs; run++) {
  for (const { name, trace } of cases) {
    files.set("trace", { type: "application/octet-stream", body: encodeTrace(trace) });
    visits.get(name)?.push(await visit(browser, `${address}#open=trace`));
  }
}
const heapPage = await browser.newPage();
await heapPage.goto(address);
const [heapBefore, heapAfter] = await heapOver(heapPage, 50);
await browser.close();
server.close();

const rows: Gate[] = [];
const row = (what: string, measured: string, limit: string, kept: boolean): void =>
  void rows.push({ what, measured, limit, kept });
for (const { name, trace, limit } of cases) {
  const all = visits.get(name) ?? [];
  const painted = median(all.map((each) => each.painted));
  const label = `${name} (${trace.nodes.length.toLocaleString("en")} nodes)`;
  row(`${label}: painted after navigation`, `${painted.toFixed(0)} ms`, `${limit} ms`, painted <= limit);
  const longest = median(all.map((each) => each.longestTask));
  row(`${name}: longest task until then`, `${longest.toFixed(0)} ms`, "50 ms", longest <= 50);
  const middle = median(all.map((each) => median(each.frames)));
  const high = median(all.map((each) => quantile(each.frames, 0.95)));
  const frames = `${middle.toFixed(1)} ms (p95 ${high.toFixed(1)})`;
  row(`${name}: a frame of pan and zoom`, frames, "17 ms (p95 20)", middle <= 17 && high <= 20);
  const steps = all.map((each) => quantile(each.steps, 0.95));
  const step = `${median(all.map((each) => median(each.steps))).toFixed(0)} ms (p95 ${median(steps).toFixed(0)})`;
  row(`${name}: a press of the stepper, to its frame`, step, "p95 50 ms", median(steps) <= 50);
}
const total = bundle.reduce((a, b) => a + b, 0) / 1000;
const parts = bundle.map((bytes) => (bytes / 1000).toFixed(0)).join(" + ");
row(
  "scripts until the graph is painted, gzipped (page + engine + layout)",
  `${total.toFixed(0)} kB (${parts})`,
  "150 kB",
  total <= 150,
);
row(
  "scripts that follow: tools; analysis when it is asked for",
  `${later.map((bytes) => (bytes / 1000).toFixed(0)).join(" + ")} kB`,
  "",
  true,
);
const growth = heapAfter - heapBefore;
row(
  "live heap after 5 loads, and after 50 more",
  `${heapBefore.toFixed(1)}, ${heapAfter.toFixed(1)} MiB`,
  "no growth",
  growth < 1,
);

const table = [
  "| gate | measured | limit | kept |",
  "|---|---|---|---|",
  ...rows.map(
    ({ what, measured, limit, kept }) =>
      `| ${what} | ${measured} | ${limit} | ${limit === "" ? "" : kept ? "yes" : "**no**"} |`,
  ),
].join("\n");
console.log(table);
if (values.write) {
  const cpu = cpus()[0]?.model.trim() ?? "an unknown processor";
  const text = `# The inspector's gates, measured

Medians of ${runs} runs in headless Chromium, 1440 × 900, software rendering, on ${cpus().length} cores of ${cpu}, Node
${process.version}; made by \`npx tsx bench/inspector-gates.ts --write\`. F is 784-32-10 with a batch of 8; the others are deep
networks of scalar-free ops. A frame is the time between two of the browser's, which draws one every 16.7 ms at best.

${table}
`;
  writeFileSync(fileURLToPath(new URL("../docs/inspector-gates.md", import.meta.url)), text);
}
