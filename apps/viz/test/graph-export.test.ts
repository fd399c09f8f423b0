// Feature 16: the graph as an SVG and as a PNG file.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { GraphBench, graphIdle, type HarnessPage, show } from "./graph-bench.ts";
import { scalarNetTrace } from "./large-trace.ts";

/** What a browser reads out of the SVG file. */
interface ReadFile {
  readonly error: string | null;
  readonly labels: readonly string[];
  readonly title: string | null;
  readonly viewBox: readonly number[];
  readonly text: string;
}

function readSvg(page: Page, part: "whole" | "seen"): Promise<ReadFile> {
  return page.evaluate((wanted) => {
    const text = (globalThis as HarnessPage).harness.graph.svgText(wanted);
    const file = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      error: file.querySelector("parsererror")?.textContent ?? null,
      labels: Array.from(file.querySelectorAll("text"), ({ textContent }) => textContent).sort(),
      title: file.querySelector("svg > title")?.textContent ?? null,
      viewBox: (file.documentElement.getAttribute("viewBox") ?? "").split(" ").map(Number),
      text,
    };
  }, part);
}

/** The texts of the page's graph that are not hidden. */
function visibleLabels(page: Page): Promise<string[]> {
  return page.$$eval("svg.graph text", (all) => {
    const isHidden = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).display === "none" || isHidden(element.parentElement));
    return all
      .filter((each) => !isHidden(each))
      .map(({ textContent }) => textContent ?? "")
      .sort();
  });
}

describe.skipIf(!hasBrowser)("the graph as a file", () => {
  let bench: GraphBench;
  const trace = recordStep(digitsProgram(32, 0), 0, {});

  beforeAll(async () => {
    bench = await GraphBench.start();
  });

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  it("is an SVG that parses, with the labels that are visible, and needs nothing else", async () => {
    const page = await bench.open(trace);
    const culprit = trace.nodes.find(({ op }) => op === "relu")?.id ?? -1;
    await show(page, { step: 6, selected: culprit, marks: [[culprit, "culprit", "first NaN"]] });
    await page.evaluate(() => {
      (globalThis as HarnessPage).harness.graph.zoomBy(4);
    });
    const { error, labels, title, text } = await readSvg(page, "whole");
    expect(error).toBeNull();
    expect(title).toBe("Computation graph");
    expect(labels).toEqual(await visibleLabels(page));
    expect(labels).toContain("first NaN");
    expect(labels).toContain("logSoftmax");
    expect(labels.length).toBeGreaterThan(3 * trace.nodes.length);
    expect(text).not.toMatch(/var\(|href|url\(|<style|<script|on[a-z]+=/);
    await page.close();
  });

  it("is in the colours that are shown", async () => {
    const colours = async (dark: boolean): Promise<string[]> => {
      const page = await bench.open(trace, { dark });
      const ground = await page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue("--ground").trim(),
      );
      const { text } = await readSvg(page, "whole");
      await page.close();
      return [/<rect[^>]* fill="(#\w+)"/.exec(text)?.[1] ?? "", ground];
    };
    const [light, lightGround] = await colours(false);
    const [dark, darkGround] = await colours(true);
    expect(light).toBe(lightGround);
    expect(dark).toBe(darkGround);
    expect(light).not.toBe(dark);
  });

  it("is a PNG of two pixels for each of the SVG's, with something on it", async () => {
    const page = await bench.open(trace);
    const { viewBox } = await readSvg(page, "whole");
    const png = await page.evaluate(async () => {
      const blob = await (globalThis as HarnessPage).harness.graph.png();
      const image = await createImageBitmap(blob);
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      context?.drawImage(image, 0, 0);
      const pixels = new Uint32Array(
        context?.getImageData(0, 0, image.width, image.height).data.buffer ?? [],
      );
      return { type: blob.type, width: image.width, height: image.height, colours: new Set(pixels).size };
    });
    expect(png.type).toBe("image/png");
    expect(png.width).toBe(Math.round(2 * (viewBox[2] ?? 0)));
    expect(png.height).toBe(Math.round(2 * (viewBox[3] ?? 0)));
    expect(png.colours).toBeGreaterThan(50);
    await page.close();
  });

  it("is made of what a canvas shows, too: all of it, or what is seen", async () => {
    const large = scalarNetTrace(700);
    const page = await bench.open(large);
    const whole = await readSvg(page, "whole");
    expect(whole.error).toBeNull();
    const titles = whole.labels.filter((label) => label === "mul" || label === "tanh");
    expect(titles).toHaveLength(large.nodes.filter(({ op }) => op === "mul" || op === "tanh").length);
    await page.evaluate((node) => {
      (globalThis as HarnessPage).harness.graph.camera = { k: 1, at: `n${node}`, x: 0, y: 0 };
    }, large.nodes.at(-1)?.id);
    await graphIdle(page);
    const seen = await readSvg(page, "seen");
    expect(seen.error).toBeNull();
    const places = cardsIn(whole.text);
    const [left = 0, top = 0, width = 0, height = 0] = seen.viewBox;
    const margin = 24;
    const inside = places.filter(
      ([x, y]) =>
        x + 98 >= left + margin &&
        x - 98 <= left + width - margin &&
        y + 41 >= top + margin &&
        y - 41 <= top + height - margin,
    );
    expect(cardsIn(seen.text).sort()).toEqual(inside.sort());
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.length).toBeLessThan(places.length);
    await page.close();
  });

  it("says so where there are too many cards", async () => {
    const page = await bench.open(scalarNetTrace(5200));
    const message = await page.evaluate(() => {
      try {
        return (globalThis as HarnessPage).harness.graph.svgText();
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toMatch(
      /RangeError: \[viz\] an SVG file of 52\d\d cards is too large, the limit is 5000/,
    );
    await page.close();
  });
});

/** The middles of the cards in an SVG file. */
function cardsIn(text: string): [x: number, y: number][] {
  const found = text.matchAll(/class="card"[^>]*transform="translate\(([-\d.e]+),([-\d.e]+)\)"/g);
  return [...found].map(([, x, y]) => [Number(x), Number(y)]);
}
