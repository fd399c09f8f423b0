// LiveRun in a browser, against real servers on one port: what its model holds is what was written, each step once.
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasBrowser, launchBrowser } from "../../../scripts/browser/browser.ts";
import type { PageFile } from "../src/server/page-files.ts";
import { RunFolder } from "../src/server/run-folder.ts";
import { RunRoutes } from "../src/server/run-routes.ts";
import { inspectorServer } from "../src/server/server.ts";
import type { LiveRunAccess } from "./live-run-harness.ts";
import { RunOnDisk, recordOf, snapshotOf } from "./run-on-disk.ts";

/** The page of the harness. */
async function harness(): Promise<ReadonlyMap<string, PageFile>> {
  const entry = fileURLToPath(new URL("./live-run-harness.ts", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    write: false,
    logLevel: "silent",
  });
  const html = new TextEncoder().encode(
    '<!doctype html><title>live</title><link rel="icon" href="data:,"><script src="harness.js"></script>',
  );
  return new Map([
    ["index.html", { type: "text/html; charset=utf-8", body: html }],
    ["harness.js", { type: "text/javascript", body: outputFiles[0]?.contents ?? new Uint8Array() }],
  ]);
}

/** Asks the page's LiveRun. */
function ask<T>(page: Page, question: (live: LiveRunAccess) => T | Promise<T>): Promise<T> {
  return page.evaluate(`(${question})(globalThis.liveRun)`);
}

const numbersOf = (first: number, last: number): Awaited<ReturnType<LiveRunAccess["series"]>> => {
  const records = Array.from({ length: last - first + 1 }, (_, i) => recordOf(first + i));
  const measured = records.filter(({ norms }) => norms !== null);
  return {
    step: records.map(({ step }) => step),
    loss: records.map(({ loss }) => loss),
    learningRate: records.map(({ learningRate }) => learningRate),
    accuracy: records.map(({ accuracy }) => accuracy ?? Number.NaN),
    norms: [
      ...measured.map(({ step }) => step),
      ...measured.map(({ norms }) => norms?.gradient ?? Number.NaN),
      ...measured.map(({ norms }) => norms?.gradients[0] ?? Number.NaN),
    ],
    ratios: measured.map(({ norms }) => norms?.updateRatios[0] ?? Number.NaN),
  };
};

describe.runIf(hasBrowser)("LiveRun", () => {
  let browser: Browser;
  let files: ReadonlyMap<string, PageFile>;
  let run: RunOnDisk;
  let server: Server | null = null;
  let port = 0;
  let page: Page;

  async function startServer(hasRun: boolean = true): Promise<void> {
    const routes = hasRun ? new RunRoutes(new RunFolder(run.folder)) : null;
    const made = inspectorServer(files, routes);
    await new Promise<void>((resolve) => made.listen(port, "127.0.0.1", resolve));
    const address = made.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
    server = made;
  }

  async function stopServer(): Promise<void> {
    const stopped = server;
    server = null;
    if (stopped === null) return;
    const closed = new Promise((resolve) => stopped.close(resolve));
    stopped.closeAllConnections();
    await closed;
  }

  beforeAll(async () => {
    files = await harness();
    browser = await launchBrowser();
  }, 60_000);

  beforeEach(async () => {
    run = new RunOnDisk().begin("first");
    port = 0;
    await startServer();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
  });

  afterEach(async () => {
    await page.close();
    await stopServer();
    run.remove();
  });

  afterAll(async () => {
    await browser.close();
  });

  it("has every step as soon as it is written, with the numbers that were", async () => {
    run.steps(1, 1);
    await ask(page, (live) => live.step("first", 1));
    run.steps(2, 5);
    await ask(page, (live) => live.step("first", 5));
    expect(await ask(page, (live) => live.series())).toEqual(numbersOf(1, 5));
  });

  it("says when it has heard all that had happened before the page was opened", async () => {
    run.steps(1, 2000);
    await page.reload();
    expect(await ask(page, (live) => live.firstPresent)).toBe(2000);
  });

  it("comes back to another server on the same port, and lacks and doubles no step", async () => {
    run.steps(1, 3);
    await ask(page, (live) => live.step("first", 3));
    for (const [first, last] of [
      [4, 6],
      [7, 40],
    ] as const) {
      await stopServer();
      await ask(page, (live) => live.state("reconnecting"));
      run.steps(first, last);
      await startServer();
      await page.evaluate(
        `globalThis.liveRun.step("first", ${last}).then(() => globalThis.liveRun.state("running"))`,
      );
    }
    expect(await ask(page, (live) => live.series())).toEqual(numbersOf(1, 40));
    expect(await ask(page, (live) => [live.opened, live.states])).toEqual([
      ["first"],
      ["running", "reconnecting", "running", "reconnecting", "running"],
    ]);
  });

  it("asks again where the browser gives up, and takes what it had before only once", async () => {
    run.steps(1, 3);
    await ask(page, (live) => live.step("first", 3));
    await stopServer();
    // A server that knows of no run: its 404 ends an EventSource for good.
    await startServer(false);
    const refused = await page.waitForResponse((answer) => answer.url().endsWith("/run/events"));
    expect(refused.status()).toBe(404);
    await stopServer();
    run.steps(4, 5);
    await startServer();
    await ask(page, (live) => live.step("first", 5));
    expect(await ask(page, (live) => live.series())).toEqual(numbersOf(1, 5));
    expect(await ask(page, (live) => live.opened)).toEqual(["first"]);
  });

  it("reads snapshots to the bit, and knows those that are kept", async () => {
    run.snapshot(1).steps(1, 1).snapshot(2).event({ kind: "drop", step: 1 }).steps(2, 2);
    await ask(page, (live) => live.step("first", 2));
    expect(await ask(page, (live) => live.snapshots())).toEqual([2]);
    const values = [...(snapshotOf(2).parameters.get("0.weight")?.data ?? [])];
    expect(await ask(page, (live) => live.snapshot(2))).toEqual({ values, gradients: values });
    expect(await ask(page, (live) => live.snapshot(7).catch((error: Error) => error.message))).toBe(
      "[viz] the snapshot of step 7 is not there (status 404).",
    );
  });

  it("opens another run that takes the place of the first, from its first step", async () => {
    run.steps(1, 4);
    await ask(page, (live) => live.step("first", 4));
    run.begin("second").steps(1, 6);
    await ask(page, (live) => live.step("second", 6));
    expect(await ask(page, (live) => live.series())).toEqual(numbersOf(1, 6));
    expect(await ask(page, (live) => live.opened)).toEqual(["first", "second"]);
  });

  it("ends with the run, and asks no more", async () => {
    run.steps(1, 2).event({ kind: "end", status: "failed", message: "[train] the loss became NaN" });
    await ask(page, (live) => live.state("failed"));
    await stopServer();
    expect(await ask(page, (live) => live.states)).toEqual(["running", "failed"]);
  });

  it("says which line of a log cannot be read, and goes on", async () => {
    run.append('{"step":1,"loss":"<b>"}\n').steps(2, 2);
    await ask(page, (live) => live.step("first", 2));
    expect(await ask(page, (live) => live.problems)).toEqual([
      null,
      '[decodeRunEvent] loss is "<b>", not a number. It was altered or cut short.',
    ]);
  });
});
