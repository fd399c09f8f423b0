/**
 * Does a trace of 100 MB open, and does the page stay alive? Two of them: a wide network, whose bytes are tensors, and
 * one with many nodes, whose bytes are mostly the head. Each is opened by the file picker, from the server, and out of a
 * self-contained page; then stepped. Prints a table.
 *
 * Run: npx tsx bench/large-trace.ts [--megabytes 100] [--write FILE.md]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { add, mul, sum, tanh, Variable } from "@adjoint/autograd";
import { encodeTrace, record } from "@adjoint/autograd/graph";
import { crossEntropy, Linear, ReLU, Sequential, withModuleScopes } from "@adjoint/nn";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import type { Browser, Page } from "playwright-core";
import { traceArtefact } from "../apps/viz/src/artefact/artefact.ts";
import { buildPage } from "../apps/viz/src/server/page-files.ts";
import { inspectorServer } from "../apps/viz/src/server/server.ts";
import { launchBrowser } from "../scripts/browser/browser.ts";

const { values } = parseArgs({
  options: { megabytes: { type: "string", default: "100" }, write: { type: "string" } },
});
const megabytes = Number(values.megabytes);

/** 784-h-h-10 in float64: weights, their contributions and their sums are the bytes. */
function wideTrace(bytes: number): Uint8Array {
  const generator = new Generator(0);
  // A weight is there as value and as adjoint, which its contribution and its sum are one with.
  const hidden = Math.round(Math.sqrt(bytes / 16 + 394 ** 2) - 394);
  const options = { dtype: "float64", generator } as const;
  const model = new Sequential(
    new Linear<number, number>(784, hidden, options),
    new ReLU(),
    new Linear<number, number>(hidden, hidden, options),
    new ReLU(),
    new Linear<number, number>(hidden, 10, options),
  );
  const images = generator.uniform([8, 784], { dtype: "float64" });
  const labels = tensor(Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7));
  const step = (): void => crossEntropy(model.forward(images), labels).backward();
  return encodeTrace(record(() => withModuleScopes(model, step), { names: model.namedParameters() }));
}

/** Layers of tanh(w·x + b) on vectors, as many as fill half of the bytes with the head, which may have 64 MiB. */
function manyNodes(bytes: number): Uint8Array {
  const generator = new Generator(0);
  // A layer of five nodes takes about 4,700 bytes of head and 30 elements a unit of width.
  const layers = Math.round(bytes / 2 / 4700);
  const width = Math.round(bytes / 2 / layers / (15 * 8));
  const point = (): Variable => new Variable(generator.normal([width]) as Tensor, { requiresGrad: true });
  const body = (): void => {
    let x: Variable = point();
    for (let layer = 0; layer < layers; layer++) x = tanh(add(mul(point(), x), point())) as Variable;
    (sum(x) as Variable).backward();
  };
  return encodeTrace(record(body));
}

/** What one opening took. */
interface Opening {
  readonly how: string;
  /** Until the page has nothing left to do, in milliseconds. */
  readonly opened: number;
  readonly longestTask: number;
  /** All tasks above 50 ms together. */
  readonly blocked: number;
  readonly step: number;
  /** Of all the browser's processes, in MB: the page before, and at its highest after. */
  readonly memory: string;
}

/** The resident memory of the processes that this one started, in MB. */
function residentMemory(): number {
  const parents = new Map<number, number>();
  const memory = new Map<number, number>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      parents.set(Number(pid), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      memory.set(Number(pid), Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1000);
    } catch {}
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent === process.pid || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  return [...memory].reduce((all, [pid, size]) => (isOurs(pid) ? all + size : all), 0);
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(180_000);
  page.on("pageerror", (error) => console.error(error));
  page.on("crash", () => console.error("the page crashed"));
  // tsx names the functions that it hands to the page with this.
  await page.addInitScript("globalThis.__name = (made) => made");
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
  return page;
}

/** What the page offers to tests, and what the script above notes. */
interface Access {
  readonly adjointInspector: { idle(): Promise<void> };
  readonly longTasks: number[];
}

async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => "adjointInspector" in globalThis);
  await page.evaluate(() => (globalThis as typeof globalThis & Access).adjointInspector.idle());
}

/** Opens by `open`, measures, and steps once. */
async function measure(browser: Browser, how: string, open: (page: Page) => Promise<void>): Promise<Opening> {
  const page = await newPage(browser);
  const before = residentMemory();
  let highest = before;
  const watch = setInterval(() => {
    highest = Math.max(highest, residentMemory());
  }, 100);
  const begun = performance.now();
  await open(page);
  await idle(page);
  const opened = performance.now() - begun;
  const tasks = await page.evaluate(() => (globalThis as typeof globalThis & Access).longTasks.splice(0));
  const problem = await page.locator("#problem").textContent();
  if (problem !== "") console.error(how, problem);
  const pressed = performance.now();
  await page.click("#forth");
  await idle(page);
  const step = performance.now() - pressed;
  clearInterval(watch);
  console.error(how, await page.locator("#position").textContent());
  await page.close();
  const memory = `${Math.round(before)} → ${Math.round(highest)}`;
  const blocked = tasks.reduce((all, task) => all + task, 0);
  return { how, opened, longestTask: Math.max(0, ...tasks), blocked, step, memory };
}

async function openAll(
  name: string,
  trace: Uint8Array,
  folder: string,
  browser: Browser,
): Promise<Opening[]> {
  const size = `${name}, ${Math.round(trace.length / 1e6)} MB`;
  const file = join(folder, `${name}.trace`);
  writeFileSync(file, trace);
  const files = new Map(await buildPage());
  files.set("trace", { type: "application/octet-stream", body: trace });
  const server = inspectorServer(files);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const openings = [
    await measure(browser, `${size}, file picker`, async (page) => {
      await page.goto(`http://127.0.0.1:${port}/#program=expression`);
      await idle(page);
      await page.setInputFiles("#file", file);
    }),
    await measure(browser, `${size}, server`, async (page) => {
      await page.goto(`http://127.0.0.1:${port}/#open=trace`);
    }),
  ];
  server.close();
  const html = join(folder, `${name}.html`);
  writeFileSync(html, await traceArtefact(trace));
  openings.push(
    await measure(browser, `${size}, self-contained page`, async (page) => {
      await page.goto(pathToFileURL(html).href);
    }),
  );
  return openings;
}

const folder = mkdtempSync(join(tmpdir(), "adjoint-large-"));
const browser = await launchBrowser();
const openings = [
  ...(await openAll("wide", wideTrace(megabytes * 1e6), folder, browser)),
  ...(await openAll("many nodes", manyNodes(megabytes * 1e6), folder, browser)),
];
await browser.close();
rmSync(folder, { recursive: true });

const rows = openings.map(({ how, opened, longestTask, blocked, step, memory }) => {
  const cells = [
    how,
    `${(opened / 1000).toFixed(1)} s`,
    ...[longestTask, blocked, step].map((x) => `${x.toFixed(0)} ms`),
  ];
  return `| ${[...cells, `${memory} MB`].join(" | ")} |`;
});
const table = [
  "| opened | until idle | longest task | all tasks above 50 ms | one press | memory of the browser |",
  "|---|--:|--:|--:|--:|--:|",
  ...rows,
].join("\n");
const [cpu] = cpus();
const text = `${table}\n\n${cpu?.model ?? "unknown"}, ${cpus().length} cores, Node ${process.version}.\n`;
process.stdout.write(text);
if (values.write !== undefined) writeFileSync(values.write, text);
