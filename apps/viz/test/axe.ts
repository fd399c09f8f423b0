/** Audits of a page by axe-core. Its source goes in over the debugging protocol, for the page allows no script but its own. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What the page has once axe is in. */
interface WithAxe {
  readonly axe?: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  axeFindings?: readonly string[];
}

/**
 * The serious and critical findings, as `color-contrast: #spoken: Element has insufficient …`; none for a page as it should be.
 *
 * @param rules only these rules; default: all.
 */
export async function audit(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const isIn = await page.evaluate(() => (globalThis as typeof globalThis & WithAxe).axe !== undefined);
  if (!isIn) {
    const session = await page.context().newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: source });
    await session.detach();
  }
  const options: RunOptions = {
    resultTypes: ["violations"],
    ...(rules === undefined ? {} : { runOnly: { type: "rule", values: [...rules] } }),
  };
  await page.evaluate((given) => {
    const scope = globalThis as typeof globalThis & WithAxe;
    delete scope.axeFindings;
    void scope.axe?.run(document, given).then(({ violations }) => {
      scope.axeFindings = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) =>
          nodes.map((node) => {
            const [reason] = [...node.any, ...node.all, ...node.none];
            return `${id}: ${node.target.join(" ")}: ${reason?.message ?? ""}`;
          }),
        );
    });
  }, options);
  // The promise is not awaited over the protocol, as in `idle`.
  const done = await page.waitForFunction(
    () => (globalThis as typeof globalThis & WithAxe).axeFindings ?? null,
  );
  return done.jsonValue().then((findings) => findings ?? []);
}
