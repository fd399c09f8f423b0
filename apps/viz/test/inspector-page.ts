/** The inspector in a real browser, behind its own server. */
import type { Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../../scripts/browser/browser.ts";
import { buildPage } from "../src/server/page-files.ts";
import type { RunRoutes } from "../src/server/run-routes.ts";
import { inspectorServer } from "../src/server/server.ts";

/** The page is built once for all tests that share this thread. */
let built: ReturnType<typeof buildPage> | null = null;

/** A browser and a server; `problems` collects what pages complained of. */
export class InspectorBench {
  readonly problems: string[] = [];
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #address: string;

  private constructor(browser: Browser, server: Server, port: number) {
    this.#browser = browser;
    this.#server = server;
    this.#address = `http://127.0.0.1:${port}/`;
  }

  /** `run` is what the server follows. */
  static async start(run: RunRoutes | null = null): Promise<InspectorBench> {
    const server = inspectorServer(await page(), run);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const browser = await launchBrowser();
    return new InspectorBench(browser, server, port);
  }

  /** A page at `hash`, when it has nothing left to do. */
  async open(hash: string, width: number = 1280): Promise<Page> {
    const page = await this.#browser.newPage({ viewport: { width, height: 900 } });
    page.on("pageerror", (error) => this.problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.problems.push(message.text());
    });
    await page.goto(this.#address + hash);
    await idle(page);
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function page(): ReturnType<typeof buildPage> {
  built ??= buildPage();
  return built;
}

/** What the page offers to tests. */
interface Access {
  readonly adjointInspector: {
    idle(): Promise<void>;
    /** Set by `idle` below. */
    isIdle?: boolean;
    adjoint(node: number): readonly number[] | null;
    weights(): { readonly step: number; readonly data: ArrayLike<number> } | null;
  };
}

/**
 * Waits until the page has nothing left to do.
 *
 * The page's promise is not awaited over the protocol: Chromium sometimes says of such a one that it was collected.
 */
export async function idle(page: Page): Promise<void> {
  await page.evaluate(() => {
    const access = (globalThis as typeof globalThis & Access).adjointInspector;
    access.isIdle = false;
    void access.idle().then(() => {
      access.isIdle = true;
    });
  });
  // By the clock: a page that has nothing to draw may be given no frames.
  await page.waitForFunction(
    () => (globalThis as typeof globalThis & Access).adjointInspector.isIdle === true,
    undefined,
    { polling: 10 },
  );
}

/** The address behind `#`. Playwright hears of a replaced one some time after the page. */
export function hashOf(page: Page): Promise<string> {
  return page.evaluate(() => location.hash);
}

/** Goes to another address of the page, as one does who types it: its work has begun when this returns. */
export async function goToHash(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    const scope = globalThis as typeof globalThis & Arriving;
    scope.hasArrived = false;
    // The page's own listener was there before this one, and is called before it.
    addEventListener("hashchange", () => Object.assign(scope, { hasArrived: true }), { once: true });
    location.hash = to;
  }, hash);
  const arrived = (): boolean => (globalThis as typeof globalThis & Arriving).hasArrived === true;
  await page.waitForFunction(arrived, undefined, { polling: 10 });
}

/** Set by `goToHash`. */
interface Arriving {
  hasArrived?: boolean;
}

/** The adjoints that the page shows of these nodes, whole. */
export function adjoints(page: Page, nodes: readonly number[]): Promise<(readonly number[] | null)[]> {
  return page.evaluate(
    (ids) => ids.map((id) => (globalThis as typeof globalThis & Access).adjointInspector.adjoint(id)),
    nodes,
  );
}
