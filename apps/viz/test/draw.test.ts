// Feature 9: a scripted stroke, and everything that the page shows of it against the library's numbers in Node.
import { readFile } from "node:fs/promises";
import { add, linear, relu, slice, softmax, Variable } from "@adjoint/autograd";
import { fromTypedArray } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { asMnist } from "../src/draw/as-mnist.ts";
import { type DigitNet, type DigitNetFile, netOfFile, netOfTrace } from "../src/draw/digit-net.ts";
import { Drawing } from "../src/draw/drawing.ts";
import { type DrawingText, readDrawing } from "../src/draw/drawing-text.ts";
import { digitPixels } from "../src/programs/digit-images.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { recordStep } from "../src/programs/program.ts";
import { adjoints, hashOf, InspectorBench, idle } from "./inspector-page.ts";

interface Numbers {
  readonly activations: readonly number[];
  readonly logits: readonly number[];
  readonly probabilities: readonly number[];
  readonly saliency: readonly number[];
}

/** What the library says of a drawing, out of its ops alone. */
function expected({ weights, hidden }: DigitNet, { ink, normalized }: DrawingText, chosen?: number): Numbers {
  const pixels = Float64Array.from(normalized ? asMnist(ink) : ink, (byte) => byte / 255);
  const x = new Variable(fromTypedArray(pixels, [1, 784]), { requiresGrad: true });
  const w1 = fromTypedArray(Float64Array.from(weights["0.weight"]), [hidden, 784]);
  const w2 = fromTypedArray(Float64Array.from(weights["2.weight"]), [10, hidden]);
  const units = relu(add(linear(x, w1), fromTypedArray(Float64Array.from(weights["0.bias"]))));
  const logits = add(linear(units, w2), fromTypedArray(Float64Array.from(weights["2.bias"])));
  const numbers = Array.from(logits.value.toTypedArray());
  const asked = chosen ?? numbers.indexOf(Math.max(...numbers));
  slice(logits, 0, asked).backward();
  return {
    activations: Array.from(units.value.toTypedArray()),
    logits: numbers,
    probabilities: Array.from(softmax(logits, -1).value.toTypedArray()),
    saliency: Array.from(x.grad?.value.toTypedArray() ?? []),
  };
}

/** What the page shows. */
async function shown(page: Page): Promise<Numbers> {
  const all = (selector: string): Promise<number[]> =>
    page.$$eval(selector, (found) => found.map((each) => Number(each.getAttribute("data-exact"))));
  const saliency = await page.getAttribute(".saliency canvas", "data-exact");
  return {
    activations: await all(".units [data-unit]"),
    logits: await all("[data-role=logit]"),
    probabilities: await all("[data-role=probability]"),
    saliency: (saliency ?? "").split(" ").map(Number),
  };
}

function expectSame(actual: Numbers, wanted: Numbers): void {
  for (const name of ["activations", "logits", "probabilities", "saliency"] as const) {
    expect(actual[name].length, name).toBe(wanted[name].length);
    const wrong = actual[name].findIndex((x, i) => !Object.is(x, wanted[name][i]));
    expect(wrong, `${name}[${wrong}] is ${actual[name][wrong]}, not ${wanted[name][wrong]}`).toBe(-1);
  }
}

/** The drawing that the page's address holds. */
async function drawn(page: Page): Promise<DrawingText> {
  const text = new URLSearchParams((await hashOf(page)).slice(1)).get("drawn") ?? "";
  const drawing = readDrawing(text);
  if (drawing === null) throw new Error(`the address holds no drawing: ${page.url()}`);
  return drawing;
}

/** Draws a seven with the mouse. */
async function stroke(page: Page): Promise<void> {
  const box = await page.locator(".pad").first().boundingBox();
  const point = (x: number, y: number): [number, number] => [
    (box?.x ?? 0) + x * (box?.width ?? 0),
    (box?.y ?? 0) + y * (box?.height ?? 0),
  ];
  await page.mouse.move(...point(0.3, 0.25));
  await page.mouse.down();
  await page.mouse.move(...point(0.68, 0.22), { steps: 10 });
  await page.mouse.move(...point(0.45, 0.8), { steps: 12 });
  await page.mouse.up();
  await idle(page);
}

describe.skipIf(!hasBrowser)("drawing a digit", () => {
  let bench: InspectorBench;
  let file: DigitNetFile;
  let net: DigitNet;

  beforeAll(async () => {
    bench = await InspectorBench.start();
    file = JSON.parse(await readFile(new URL("../public/digit-net.json", import.meta.url), "utf8"));
    net = netOfFile(file);
  });

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  it("shows the library's activations, logits, probabilities and saliency of a stroke", async () => {
    const page = await bench.open("#program=digits&tab=draw");
    await stroke(page);
    const drawing = await drawn(page);
    expect(drawing.ink.some((byte) => byte === 255)).toBe(true);
    const wanted = expected(net, drawing);
    expectSame(await shown(page), wanted);
    expect(await page.locator(".draw-digit").getAttribute("data-exact")).toBe("7");
    // The graph beside it shows the same pass, at its end: node 0 is the drawing.
    expect(await page.locator("#position").textContent()).toBe("6 / 6 · linear");
    expect(await page.locator("[data-key=n0] .title").textContent()).toBe("drawing");
    expectSame({ ...wanted, saliency: (await adjoints(page, [0]))[0] ?? [] }, wanted);
    await page.close();
  });

  it("explains another class, and the drawing without MNIST's way, when it is asked to", async () => {
    const page = await bench.open("#program=digits&tab=draw");
    await stroke(page);
    await page.check("[name=draw-class][value='2']");
    await idle(page);
    expect(await page.locator(".why h3").textContent()).toContain("Why 2?");
    expectSame(await shown(page), expected(net, await drawn(page), 2));
    await page.uncheck("#draw-mnist");
    await idle(page);
    const drawing = await drawn(page);
    expect(drawing).toMatchObject({ normalized: false, asked: 2 });
    expectSame(await shown(page), expected(net, drawing, 2));
    await page.close();
  });

  it("draws, erases, takes back and clears without a mouse", async () => {
    const page = await bench.open("#program=digits&tab=draw");
    await page.locator(".pad").first().focus();
    const drawing = new Drawing();
    const pen = { radius: 1.1, erases: false };
    const at = { x: 14.5, y: 14.5 };
    await page.keyboard.press(" ");
    drawing.line(at, at, pen);
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press("Shift+ArrowDown");
      drawing.line({ x: 14.5, y: 14.5 + i }, { x: 14.5, y: 15.5 + i }, pen);
    }
    await idle(page);
    expect((await drawn(page)).ink).toEqual(drawing.ink);
    expectSame(await shown(page), expected(net, await drawn(page)));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("e");
    await page.keyboard.press(" ");
    await idle(page);
    const erased = drawing.ink.slice();
    drawing.line({ x: 14.5, y: 18.5 }, { x: 14.5, y: 18.5 }, { radius: 2, erases: true });
    expect((await drawn(page)).ink).toEqual(drawing.ink);
    await page.keyboard.press("Control+z");
    await idle(page);
    expect((await drawn(page)).ink).toEqual(erased);
    // The stepper has not heard the arrows.
    expect(await page.locator("#position").textContent()).toBe("6 / 6 · linear");
    await page.keyboard.press("Delete");
    await idle(page);
    expect((await drawn(page)).ink.every((byte) => byte === 0)).toBe(true);
    await page.close();
  });

  it("starts from a digit of MNIST, and comes back to it from the address, step and class too", async () => {
    const page = await bench.open("#program=digits&tab=draw");
    await page.click("text=Start from >> .. >> button >> nth=2");
    await idle(page);
    const ink = Uint8Array.from(atob(digitPixels[2] ?? ""), (char) => char.charCodeAt(0));
    expect((await drawn(page)).ink).toEqual(ink);
    expect(await page.locator(".draw-digit").getAttribute("data-exact")).toBe("4");
    await page.check("[name=draw-class][value='9']");
    await idle(page);
    await page.click("#back");
    const numbers = await shown(page);
    const again = await bench.open(await hashOf(page));
    expectSame(await shown(again), numbers);
    expect(await again.locator("[name=draw-class][value='9']").isChecked()).toBe(true);
    expect(await again.locator("#position").textContent()).toMatch(/^5 \/ 6 /);
    await page.close();
    await again.close();
  });

  it("asks the network of the trace that was open", async () => {
    const page = await bench.open("#program=digits&hidden=12&seed=3&steps=30&tab=draw");
    await page.selectOption("#draw-net", "trace");
    await page.uncheck("#draw-mnist");
    await page.click("text=Start from >> .. >> button >> nth=1");
    await idle(page);
    const own = netOfTrace(recordStep(digitsProgram(12, 3), 30, {}));
    expect(own?.hidden).toBe(12);
    const ink = Uint8Array.from(atob(digitPixels[1] ?? ""), (char) => char.charCodeAt(0));
    if (own !== null) expectSame(await shown(page), expected(own, { ink, normalized: false, asked: null }));
    await page.close();
  });

  it("an address whose drawing is cut gets a message", async () => {
    const page = await bench.open("#drawn=mp.AP8A&tab=draw");
    expect(await page.locator("#problem").textContent()).toContain(
      "[viz] the address holds no whole drawing",
    );
    await page.close();
  });
});
