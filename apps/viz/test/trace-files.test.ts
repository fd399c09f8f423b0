// Files that come from anywhere: a large one opens or the page says why not; a malformed one gets a message; what stands
// in one is text. The page stays alive through all of them.
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeTrace, encodeTrace, type Trace, type TraceNode } from "@adjoint/autograd/graph";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { xorProgram } from "../src/programs/xor.ts";
import { largestTrace } from "../src/trace-limit.ts";
import { InspectorBench, idle } from "./inspector-page.ts";

const small = encodeTrace(recordStep(xorProgram(1), 0, {}));
const headLength = Number(new DataView(small.buffer).getBigUint64(16, true));

/** The file with its head replaced, and the lengths in order. */
function withHead(change: (text: string) => string): Uint8Array {
  const text = change(new TextDecoder().decode(small.subarray(32, 32 + headLength)).trimEnd());
  const encoded = new TextEncoder().encode(text);
  const length = Math.ceil(encoded.length / 8) * 8;
  const data = small.subarray(32 + headLength);
  const made = new Uint8Array(32 + length + data.length);
  made.set(small.subarray(0, 32));
  made.fill(0x20, 32, 32 + length);
  made.set(encoded, 32);
  made.set(data, 32 + length);
  const view = new DataView(made.buffer);
  view.setBigUint64(16, BigInt(length), true);
  view.setBigUint64(24, BigInt(made.length), true);
  return made;
}

/** The file with a length of its beginning replaced: at 16 that of the head, at 24 that of the file. */
function claiming(at: 16 | 24, length: bigint): Uint8Array {
  const made = small.slice();
  new DataView(made.buffer).setBigUint64(at, length, true);
  return made;
}

const malformed: readonly [what: string, file: Uint8Array][] = [
  ["nothing", new Uint8Array()],
  ["markup", new TextEncoder().encode("<script>alert(1)</script>".repeat(4))],
  ["a beginning alone", small.subarray(0, 32)],
  ["a cut head", small.subarray(0, 200)],
  ["a missing last byte", small.subarray(0, -1)],
  ["bytes behind its end", Uint8Array.from([...small, 0, 0, 0, 0, 0, 0, 0, 0])],
  ["a head of 2⁶⁰ bytes", claiming(16, 1n << 60n)],
  ["a length of 2⁶³ bytes", claiming(24, 1n << 63n)],
  [
    "a tensor of 10¹⁵ elements",
    withHead((text) => text.replace(/"shape":\[4,2\],"offset"/, '"shape":[1000000000000000],"offset"')),
  ],
  [
    "a tensor of another length",
    withHead((text) => text.replace(/"shape":\[4,2\],"offset"/, '"shape":[5,2],"offset"')),
  ],
  ["an edge from a later node", withHead((text) => text.replace(/"source":\d+/, '"source":9'))],
  [
    "a head nested 100,000 deep",
    withHead((text) =>
      text.replace('"attributes":null', `"attributes":${"[".repeat(1e5)}${"]".repeat(1e5)}`),
    ),
  ],
  [
    "a prototype",
    withHead((text) => text.replace('"attributes":null', '"attributes":{"__proto__":{"polluted":1}}')),
  ],
];

/** What the library says of a file. */
function messageOf(file: Uint8Array): string {
  try {
    decodeTrace(file, { maxBytes: largestTrace });
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return "";
}

const markup =
  '<img src="x" onerror="globalThis.isAttacked=true"><script>globalThis.isAttacked=true</script>';

/** A trace whose every text is markup. */
function hostile(trace: Trace): Uint8Array {
  const node = (each: TraceNode): TraceNode => ({
    ...each,
    op: `${each.op}${markup}`,
    name: markup,
    place: `${markup}:1:1`,
    attributes: { [markup]: markup },
    inputs: each.inputs.map((edge) => ({ ...edge, formula: markup })),
  });
  return encodeTrace({
    ...trace,
    metadata: new Map([
      [markup, markup],
      [`source:${markup}`, markup],
    ]),
    scopes: trace.scopes.map((scope) => ({ ...scope, name: `${scope.name}${markup}`, kind: markup })),
    nodes: trace.nodes.map(node),
  });
}

describe.skipIf(!hasBrowser)("a trace file", () => {
  const folder = mkdtempSync(join(tmpdir(), "adjoint-files-"));
  let bench: InspectorBench;

  beforeAll(async () => {
    bench = await InspectorBench.start();
  });

  afterAll(async () => {
    await bench?.stop();
    rmSync(folder, { recursive: true });
    expect(bench.problems).toEqual([]);
  });

  async function give(page: Page, file: Uint8Array): Promise<void> {
    const path = join(folder, "given.trace");
    writeFileSync(path, file);
    await page.setInputFiles("#file", path);
    await idle(page);
  }

  const position = (page: Page): Promise<string | null> => page.locator("#position").textContent();

  it("that is malformed gets the library's message, and the page stays alive", async () => {
    const page = await bench.open("#program=expression");
    for (const [what, file] of malformed) {
      const message = messageOf(file);
      expect(message, what).toContain("[decodeTrace]");
      await give(page, file);
      expect(await page.locator("#problem").textContent(), what).toBe(message);
      const before = await position(page);
      await page.keyboard.press("ArrowRight");
      expect(await position(page), what).not.toBe(before);
      await page.keyboard.press("ArrowLeft");
    }
    expect(await page.evaluate(() => Reflect.get({}, "polluted"))).toBeUndefined();
    await give(page, small);
    expect(await page.locator("#problem").isVisible()).toBe(false);
    expect(await position(page)).toBe("0 / 8 · the seed");
    await page.close();
  });

  it("of 20 MB opens, and is saved as it was", async () => {
    const trace = encodeTrace(recordStep(digitsProgram(1500, 0), 0, {}));
    expect(trace.length).toBeGreaterThan(18e6);
    const page = await bench.open("#program=expression");
    await give(page, trace);
    expect(await page.locator("#problem").isVisible()).toBe(false);
    await page.click("#forth");
    expect(await position(page)).toMatch(/^1 \/ \d+ · div$/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    expect(readFileSync(await download.path()).equals(trace)).toBe(true);
    await page.close();
  });

  it("can be dropped on the page", async () => {
    const page = await bench.open("#program=expression");
    const dropped = await page.evaluateHandle((bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], "dropped.trace"));
      return data;
    }, Array.from(small));
    await page.dispatchEvent("#drawing", "drop", { dataTransfer: dropped });
    await idle(page);
    expect(await position(page)).toBe("0 / 8 · the seed");
    await page.close();
  });

  it("above the limit is refused before it is read", async () => {
    const path = join(folder, "too-large.trace");
    writeFileSync(path, small);
    // Without blocks on the disk.
    truncateSync(path, largestTrace + 1);
    const page = await bench.open("#program=expression");
    await page.setInputFiles("#file", path);
    await idle(page);
    expect(await page.locator("#problem").textContent()).toBe(
      `[viz] too-large.trace has ${largestTrace + 1} bytes, above the limit of ${largestTrace}. Record it with a smaller maxBytes.`,
    );
    await page.close();
  });

  it("is text alone, whatever stands in it", async () => {
    const page = await bench.open("#program=expression");
    page.on("dialog", (dialog) => bench.problems.push(dialog.message()));
    await give(page, hostile(recordStep(xorProgram(1), 0, {})));
    expect(await page.locator("#problem").isVisible()).toBe(false);
    const tabs = page.locator("[role=tab]");
    for (let tab = 0; tab < (await tabs.count()); tab++) {
      await tabs.nth(tab).click();
      await idle(page);
      for (const key of ["End", "ArrowLeft", "Home", "ArrowRight"]) await page.keyboard.press(key);
    }
    await tabs.first().click();
    const cards = page.locator(".card");
    for (let card = 0; card < (await cards.count()); card++) await cards.nth(card).dispatchEvent("click");
    await idle(page);
    expect(await page.content()).toContain("&lt;img src=");
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(await page.evaluate(() => Reflect.get(globalThis, "isAttacked"))).toBeUndefined();
    await page.close();
  });
});
