// Feature 7: collapse by module, stable layout.
import { asVariable, tanh, type Value, type Variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { crossEntropy, Linear, Module, ReLU, withModuleScopes } from "@adjoint/nn";
import { Generator, tensor } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { sameNodes } from "../src/same-nodes.ts";
import { foldableScopes } from "../src/visible-graph.ts";
import { cardPlaces, GraphBench, graphIdle, type HarnessPage } from "./graph-bench.ts";
import { scalarNetTrace } from "./large-trace.ts";

/** The middle of the upper edge of what has this key, card or frame, on the screen. */
function upperMiddle(page: Page, key: string): Promise<{ x: number; y: number } | null> {
  return page.evaluate((name) => {
    const card = document.querySelector<SVGGraphicsElement>(`.card[data-key=${name}] .face`);
    const frame = document.querySelector<SVGGraphicsElement>(`.module-frame[data-key=${name}]`);
    const at = (across: SVGGraphicsElement, top: SVGGraphicsElement): { x: number; y: number } => {
      const [middle, upper] = [across.getBBox(), top.getBBox()];
      const point = new DOMPoint(middle.x + middle.width / 2, upper.y);
      const { x, y } = point.matrixTransform(across.getScreenCTM() ?? new DOMMatrix());
      return { x, y };
    };
    if (card !== null) return at(card, card);
    const grip = frame?.querySelector<SVGGraphicsElement>(".grip") ?? null;
    const face = document.querySelector<SVGGraphicsElement>(`.frame-face[data-key=${name}]`);
    return grip === null || face === null ? null : at(grip, face);
  }, key);
}

describe.skipIf(!hasBrowser)("the layout of fixture F", () => {
  let bench: GraphBench;
  const trace = recordStep(digitsProgram(32, 0), 0, {});
  const modules = foldableScopes(trace).map(({ id }) => id);

  beforeAll(async () => {
    bench = await GraphBench.start();
  });

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  it("keeps what is opened and folded where it is on the screen, and opens it again in the same place", async () => {
    const page = await bench.open(trace, { folded: modules });
    for (const module of [...modules, ...modules.toReversed()]) {
      const before = await upperMiddle(page, `s${module}`);
      const wasOpen = (await page.locator(`.module-frame[data-key=s${module}]`).count()) === 1;
      const target = wasOpen ? `.module-frame[data-key=s${module}]` : `.card[data-key=s${module}]`;
      await page.locator(target).click();
      await graphIdle(page);
      expect(await page.locator(`.module-frame[data-key=s${module}]`).count()).toBe(wasOpen ? 0 : 1);
      const after = await upperMiddle(page, `s${module}`);
      expect(before).not.toBeNull();
      expect(Math.abs((after?.x ?? Number.NaN) - (before?.x ?? 0))).toBeLessThan(1);
      expect(Math.abs((after?.y ?? Number.NaN) - (before?.y ?? 0))).toBeLessThan(1);
    }
    await page.close();
  });

  it("gives the same graph the same coordinates, in another page and when it is recorded again", async () => {
    const [first, second] = [await bench.open(trace), await bench.open(trace)];
    const places = await cardPlaces(first);
    expect(places.size).toBe(trace.nodes.length);
    expect(await cardPlaces(second)).toEqual(places);
    await bench.change(first, recordStep(digitsProgram(32, 0), 3, {}));
    expect(await cardPlaces(first)).toEqual(places);
    await first.close();
    await second.close();
  });

  it.each(["images", "hidden", "logits", "loss"])(
    "moves others by 20 px at most (median) where an op is added to %s",
    async (where) => {
      const page = await bench.open(netTrace(""));
      const before = await cardPlaces(page);
      const changed = netTrace(where);
      await bench.change(page, changed);
      const after = await cardPlaces(page);
      expect(after.size).toBe(before.size + 1);
      const moves: number[] = [];
      for (const [old, now] of sameNodes(netTrace(""), changed) ?? []) {
        const [[x, y], [newX, newY]] = [before.get(old) ?? [], after.get(now) ?? []];
        if (x !== undefined && y !== undefined && newX !== undefined && newY !== undefined) {
          moves.push(Math.hypot(newX - x, newY - y));
        }
      }
      expect(moves).toHaveLength(before.size);
      moves.sort((a, b) => a - b);
      expect(moves[moves.length >> 1]).toBeLessThanOrEqual(20);
      await page.close();
    },
  );

  it("gives up a layout when another graph is asked for", async () => {
    const page = await bench.open(trace);
    const large = scalarNetTrace(10_000);
    await page.evaluate(() => {
      // As soon as the large layout has begun, the modules are folded: of the small trace, which is asked for anew.
      const observer = new PerformanceObserver((list) => {
        for (const { name } of list.getEntries()) {
          if (name !== "graph layout begins") continue;
          observer.disconnect();
          void (globalThis as HarnessPage).harness.graph.fold(new Set());
        }
      });
      observer.observe({ type: "mark" });
    });
    await bench.change(page, large);
    const layouts = await page.evaluate(() =>
      performance
        .getEntriesByName("graph layout")
        .map((entry) => (entry instanceof PerformanceMeasure ? entry.detail : null)),
    );
    expect(layouts).toEqual([
      { nodes: trace.nodes.length, cancelled: false },
      { nodes: large.nodes.length, cancelled: true },
      { nodes: large.nodes.length, cancelled: false },
    ]);
    await page.close();
  });

  it("moves cards to their new places, at once where less motion is asked for", async () => {
    for (const stillness of [false, true]) {
      const page = await bench.open(trace, { folded: modules, stillness });
      const key = `n${trace.nodes.find(({ name }) => name === "images")?.id}`;
      const places = await page.evaluate(
        async ([card, module]) => {
          const seen: string[] = [];
          const { graph, idle } = (globalThis as HarnessPage).harness;
          const observer = new MutationObserver(() => {
            const found = document.querySelector(`.card[data-key=${card}]`)?.getAttribute("transform");
            if (found != null && found !== seen.at(-1)) seen.push(found);
          });
          observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["transform"] });
          await graph.fold(new Set([module].filter((id) => id !== undefined)), null);
          await idle();
          return seen;
        },
        [key, modules[0]] as const,
      );
      if (stillness) expect(places.length).toBeLessThanOrEqual(1);
      else expect(places.length).toBeGreaterThan(1);
      await page.close();
    }
  });
});

/** 784-32-10 that can do one op more. */
class Net extends Module {
  readonly first: Linear;
  readonly relu: ReLU = new ReLU();
  readonly second: Linear;
  readonly #where: string;

  constructor(where: string) {
    super();
    const options = { dtype: "float64", generator: new Generator(0) } as const;
    this.first = new Linear(784, 32, options);
    this.second = new Linear(32, 10, options);
    this.#where = where;
  }

  override forward(x: Value): Variable {
    const hidden = this.relu.forward(this.first.forward(this.at("images", x)));
    return asVariable(this.at("logits", this.second.forward(this.at("hidden", hidden))));
  }

  at(place: string, x: Value): Value {
    return place === this.#where ? tanh(x) : x;
  }
}

function netTrace(where: string): Trace {
  const net = new Net(where);
  const images = tensor(
    Float64Array.from({ length: 8 * 784 }, (_, i) => (i % 7) / 7),
    { shape: [8, 784] },
  );
  const labels = tensor(Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7]));
  const names = [...net.namedParameters(), ["images", images]] as const;
  return record(
    () => {
      withModuleScopes(net, () =>
        asVariable(net.at("loss", crossEntropy(net.forward(images), labels))).backward(),
      );
    },
    { names },
  );
}
