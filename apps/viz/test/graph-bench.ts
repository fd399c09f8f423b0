/** The graph alone, in a real browser. */
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { encodeTrace, type Trace } from "@adjoint/autograd/graph";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../../scripts/browser/browser.ts";
import type { PageFile } from "../src/server/page-files.ts";
import { inspectorServer } from "../src/server/server.ts";
import type { Harness, HarnessShown } from "./graph-harness.ts";

/** In a page, what graph-harness.ts put there. */
export type HarnessPage = typeof globalThis & { readonly harness: Harness };

/** How a page is opened. */
export interface OpenOptions {
  readonly folded?: readonly number[];
  readonly width?: number;
  readonly dark?: boolean;
  readonly stillness?: boolean;
}

const html = `<!doctype html><html lang="en"><title>graph</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css"><script src="graph-harness.js" defer></script>
<main><section id="graph" aria-label="Graph"><div id="drawing"></div></section></main>`;

/** A browser and a server with the graph and the traces that tests put there. */
export class GraphBench {
  readonly problems: string[] = [];
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #address: string;
  readonly #files: Map<string, PageFile>;
  #traces = 0;

  private constructor(browser: Browser, server: Server, port: number, files: Map<string, PageFile>) {
    this.#browser = browser;
    this.#server = server;
    this.#address = `http://127.0.0.1:${port}/`;
    this.#files = files;
  }

  static async start(): Promise<GraphBench> {
    const files = await harnessFiles();
    const server = inspectorServer(files);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return new GraphBench(await launchBrowser(), server, port, files);
  }

  /** A page that shows `trace`. */
  async open(
    trace: Trace,
    { folded, width = 1280, dark = false, stillness = true }: OpenOptions = {},
  ): Promise<Page> {
    const page = await this.#browser.newPage({
      viewport: { width, height: 900 },
      colorScheme: dark ? "dark" : "light",
      reducedMotion: stillness ? "reduce" : "no-preference",
    });
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.problems.push(message.text());
    });
    await page.goto(this.#address);
    await this.change(page, trace, folded);
    return page;
  }

  /** Opens another trace in the page. */
  async change(page: Page, trace: Trace, folded?: readonly number[]): Promise<void> {
    const name = `trace-${this.#traces++}`;
    this.#files.set(name, { type: "application/octet-stream", body: encodeTrace(trace) });
    await page.evaluate(([file, list]) => (globalThis as HarnessPage).harness.open(file, list), [
      name,
      folded ?? null,
    ] as const);
    await graphIdle(page);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function harnessFiles(): Promise<Map<string, PageFile>> {
  const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [
      path("graph-harness.ts"),
      path("../src/page/layout-worker.ts"),
      path("../public/style.css"),
    ],
    outdir: path("../dist/test"),
    entryNames: "[name]",
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    keepNames: true,
    logLevel: "silent",
    write: false,
  });
  const files = new Map<string, PageFile>();
  for (const file of outputFiles) {
    const type = file.path.endsWith(".css") ? "text/css" : "text/javascript";
    files.set(file.path.replace(/^.*[\\/]/, ""), { type: `${type}; charset=utf-8`, body: file.contents });
  }
  files.set("index.html", { type: "text/html; charset=utf-8", body: new TextEncoder().encode(html) });
  return files;
}

/** Waits until the graph is laid out and drawn. */
export async function graphIdle(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as HarnessPage).harness.idle());
}

/** Shows a state of the trace: a step, a chosen node, marks. */
export async function show(page: Page, shown: Partial<HarnessShown>): Promise<void> {
  const whole: HarnessShown = { step: 0, selected: null, marks: [], taintedEdges: [], ...shown };
  await page.evaluate((state) => (globalThis as HarnessPage).harness.show(state), whole);
}

/** Where the cards of an SVG drawing are, in its own pixels, by key. */
export async function cardPlaces(page: Page): Promise<ReadonlyMap<string, readonly [x: number, y: number]>> {
  const places = await page.$$eval(".card", (cards) =>
    cards.map((card): [string, [number, number]] => {
      const [x = Number.NaN, y = Number.NaN] = (card.getAttribute("transform") ?? "")
        .replace(/^translate\(|\)$/g, "")
        .split(",")
        .map(Number);
      return [card.getAttribute("data-key") ?? "", [x, y]];
    }),
  );
  return new Map(places);
}
