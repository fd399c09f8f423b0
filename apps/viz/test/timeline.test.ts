// Feature 8 on fixture F: what the timeline shows, against the same run trained by the library in Node.
import { RunJournal, type Snapshot, type StepRecord } from "@adjoint/nn";
import { Generator, randomUniform } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { descend, optimizerOf, type Program } from "../src/programs/program.ts";
import { programOf } from "../src/programs/programs.ts";
import { rgbOf, shadePixels, weightShade, weightShades } from "../src/timeline/weight-colours.ts";
import { hashOf, InspectorBench, idle } from "./inspector-page.ts";

/** A run as the library makes it. */
interface LibraryRun {
  readonly records: readonly StepRecord[];
  readonly snapshots: ReadonlyMap<number, Snapshot>;
}

const settingsOf = (text: string): ReadonlyMap<string, string> => new Map(new URLSearchParams(text));

/** Trains `program` here, with a journal. */
function trainHere(program: Program, steps: number): LibraryRun {
  const optimizer = optimizerOf(program);
  if (optimizer === null || program.model === null) throw new TypeError("the program has no network");
  const records: StepRecord[] = [];
  const snapshots = new Map<number, Snapshot>();
  const sink = {
    step: (record: StepRecord) => records.push(record),
    snapshot: (snapshot: Snapshot) => snapshots.set(snapshot.step, structuredClone(snapshot)),
    drop: (step: number) => snapshots.delete(step),
    end: () => undefined,
  };
  const journal = new RunJournal(program.model.namedParameters(), sink, { plannedSteps: steps });
  for (let step = 0; step < steps; step++) {
    const loss = descend(program, optimizer).item();
    journal.step(optimizer, { loss, accuracy: program.accuracy?.() ?? Number.NaN });
  }
  journal.end("completed");
  return { records, snapshots };
}

/** The first layer's weights of a program after so many steps. */
function weightsAfter(program: Program, steps: number): Float64Array {
  const optimizer = optimizerOf(program);
  for (let step = 0; optimizer !== null && step < steps; step++) {
    descend(program, optimizer);
    optimizer.step();
  }
  const [, weight] = program.model?.namedParameters()[0] ?? [];
  return Float64Array.from(weight?.value.toTypedArray() ?? []);
}

/** What `adjointInspector` of the page gives. */
interface Access {
  readonly adjointInspector: {
    weights(): { readonly step: number; readonly data: ArrayLike<number> } | null;
    adjoint(node: number): readonly number[] | null;
  };
}

/** What the timeline shows at one moment. */
interface Look {
  /** Where the cursor is. */
  readonly at: number;
  /** The step whose weights are shown, and what is said of it. */
  readonly step: number;
  readonly words: string;
  readonly weights: Float64Array;
  /** Of the node that was asked for. */
  readonly adjoint: Float64Array;
  /** The numbers under the cursor, by chart and line. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The ends of the scale of the weights' colours. */
  readonly ends: readonly number[];
}

/** Looks at everything in one go. Bits of tensors travel as text, for JSON has no −0. */
async function look(page: Page, node: number): Promise<Look> {
  const seen = await page.evaluate((id) => {
    const access = (globalThis as typeof globalThis & Access).adjointInspector;
    const bits = (numbers: ArrayLike<number>): string => {
      const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
      let text = "";
      for (let i = 0; i < bytes.length; i += 8192)
        text += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return btoa(text);
    };
    const all = (selector: string): Element[] => [...document.querySelectorAll(`#timeline ${selector}`)];
    const shown = access.weights();
    return {
      at: Number(all("[role=slider]")[0]?.getAttribute("aria-valuenow")),
      step: shown?.step ?? 0,
      words: all(".weights-of")[0]?.textContent ?? "",
      weights: bits(shown?.data ?? []),
      adjoint: bits(access.adjoint(id) ?? []),
      numbers: all("dd[data-exact]").map((cell): [string, string | null] => [
        `${cell.getAttribute("data-series")} ${cell.getAttribute("data-line")}`,
        cell.getAttribute("data-exact"),
      ]),
      ends: all("[data-weight-scale]").map((end) => end.getAttribute("data-exact")),
    };
  }, node);
  const numbersOf = (text: string): Float64Array =>
    new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
  return {
    ...seen,
    weights: numbersOf(seen.weights),
    adjoint: numbersOf(seen.adjoint),
    numbers: new Map(seen.numbers.map(([name, exact]) => [name, Number(exact)])),
    ends: seen.ends.map(Number),
  };
}

/** Fails at the first number that is not the very same. */
function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const wrong = Array.from(expected).findIndex((x, i) => !Object.is(x, actual[i]));
  expect(wrong, `${what}[${wrong}]: ${actual[wrong]}, and ${expected[wrong]} in the library`).toBe(-1);
}

const slider = "#timeline [role=slider]";

async function cursor(page: Page): Promise<number> {
  return Number(await page.locator(slider).getAttribute("aria-valuenow"));
}

/** The numbers of a step in the library, by chart and line. */
function numbersOf({ loss, accuracy, norms }: StepRecord, names: readonly string[]): Map<string, number> {
  return new Map([
    ["loss loss", loss],
    ...names.map((name, p) => [`gradient ${name}`, norms?.gradients[p] ?? Number.NaN] as const),
    ["accuracy accuracy", accuracy ?? Number.NaN],
    ...names.map((name, p) => [`ratio ${name}`, norms?.updateRatios[p] ?? Number.NaN] as const),
  ]);
}

/** The colour in the middle of every weight of the images, red first, by unit and pixel. */
function colours(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("#timeline canvas");
    // A copy, because the page's own canvas is not made for being read.
    const copy = new OffscreenCanvas(canvas?.width ?? 1, canvas?.height ?? 1);
    const context = copy.getContext("2d", { willReadFrequently: true });
    if (canvas !== null) context?.drawImage(canvas, 0, 0);
    const image = context?.getImageData(0, 0, copy.width, copy.height);
    const pixels = new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0));
    const found: number[] = [];
    for (let unit = 0; unit < 32; unit++) {
      for (let p = 0; p < 784; p++) {
        const x = (unit % 8) * (28 * 3 + 4) + (p % 28) * 3 + 1;
        const y = Math.floor(unit / 8) * (28 * 3 + 4) + Math.floor(p / 28) * 3 + 1;
        found.push(pixels[y * copy.width + x] ?? 0);
      }
    }
    return found;
  });
}

async function train(page: Page, steps: number): Promise<void> {
  await page.fill("#timeline [name=train]", String(steps));
  await page.click("#timeline [type=submit]");
  await idle(page);
}

describe.skipIf(!hasBrowser)("the timeline", () => {
  let bench: InspectorBench;
  const f = "program=digits&hidden=32&seed=0&steps=0";
  const steps = 200;
  let run: LibraryRun;
  let kept: readonly number[];
  const names = ["0.weight", "0.bias", "2.weight", "2.bias"];
  const firstWeights = (step: number): ArrayLike<number> =>
    run.snapshots.get(step)?.parameters.get("0.weight")?.data ?? [];

  beforeAll(async () => {
    bench = await InspectorBench.start();
    run = trainHere(programOf(settingsOf(f)), steps);
    kept = [...run.snapshots.keys()].sort((a, b) => a - b);
  }, 60_000);

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  it("shows after each of 100 random scrubs the tensors of that snapshot, in colours that stay", async () => {
    const page = await bench.open(`#${f}&step=99`);
    await train(page, steps);
    expect(await cursor(page)).toBe(steps);
    const leaf = page.locator(".card[data-kind=leaf]", { hasText: "0.weight" });
    const node = Number((await leaf.getAttribute("data-key"))?.slice(1));
    const places = await page.$eval("#drawing", (drawing) =>
      [...drawing.querySelectorAll(".card")].map((card) => card.getAttribute("transform")),
    );
    const largest = Math.max(
      ...kept.flatMap((step) => Array.from(firstWeights(step), Math.abs).reduce((a, b) => Math.max(a, b), 0)),
    );
    const random = randomUniform([200], { generator: new Generator(8) }).toTypedArray();
    const box = (await page.locator("#timeline .rail").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const style = await page.evaluate(() =>
      [-2, -1, 0, 1, 2].map((k) => getComputedStyle(document.documentElement).getPropertyValue(`--w${k}`)),
    );
    const last = weightsAfter(programOf(settingsOf(f)), steps - 1);
    const shades = shadePixels(style.map(rgbOf));
    for (let scrub = 0; scrub < 100; scrub++) {
      // Half with the pointer anywhere, half with a key, so that snapshots are met and missed.
      const [u = 0, v = 0] = [random[2 * scrub], random[2 * scrub + 1]];
      if (u < 0.5) await page.mouse.click(box.x + v * box.width, box.y + box.height / 2);
      else {
        const keys = ["PageUp", "PageDown", "ArrowLeft", "ArrowRight", "Shift+ArrowLeft", "Home", "End"];
        await page.focus(slider);
        await page.keyboard.press(keys[Math.floor(v * keys.length)] ?? "Home");
      }
      await idle(page);
      const { at, step, words, weights, adjoint, numbers, ends } = await look(page, node);
      // The last step was recorded exactly when training ended.
      const nearest = at === steps ? steps : (kept.findLast((each) => each <= at) ?? 0);
      expect(step).toBe(nearest);
      expect(words).toContain(`Step ${step}, `);
      const expected = at === steps ? last : firstWeights(nearest);
      expectSame(weights, expected, `weights at ${at}`);
      const gradient = run.snapshots.get(step)?.gradients?.get("0.weight")?.data;
      if (gradient !== undefined) expectSame(adjoint, gradient, `adjoint at ${at}`);
      const record = run.records[at - 1];
      expect(numbers).toEqual(record === undefined ? new Map() : numbersOf(record, names));
      expect(ends).toEqual([-largest, largest]);
      if (scrub % 10 === 0) {
        const wanted = Array.from(
          expected,
          (x) => shades[(weightShade(x, largest) ?? 0) + weightShades] ?? 0,
        );
        expectSame(await colours(page), wanted, `colours at ${at}`);
      }
    }
    expect(
      await page.$eval("#drawing", (drawing) =>
        [...drawing.querySelectorAll(".card")].map((card) => card.getAttribute("transform")),
      ),
    ).toEqual(places);
    expect(await page.locator("#position").textContent()).toMatch(/^10 \/ 10 /);
    await page.close();
  }, 180_000);

  it("inspects exactly a step without a snapshot, and an address comes back to it", async () => {
    const page = await bench.open(`#${f}&train=${steps}&at=${steps}&step=3`);
    const between = kept.findIndex((step, i) => (kept[i + 1] ?? step) > step + 2);
    const step = (kept[between] ?? 0) + 2;
    await page.focus(slider);
    while ((await cursor(page)) !== kept[between]) await page.keyboard.press("PageDown");
    for (let i = 0; i < 2; i++) await page.keyboard.press("ArrowRight");
    await idle(page);
    expect(await page.locator("#timeline .run-status").textContent()).toContain(
      `snapshot of step ${kept[between]}, the nearest before`,
    );
    await page.click(`text=Inspect step ${step}`);
    await idle(page);
    const exact = weightsAfter(programOf(settingsOf(f)), step - 1);
    expectSame((await look(page, 0)).weights, exact, "weights");
    expect(await page.locator("#timeline .run-status").textContent()).toBe("recorded exactly");
    expect(await hashOf(page)).toContain(`train=${steps}&at=${step}`);
    expect(await page.locator("#position").textContent()).toMatch(/^3 \/ 10 /);
    const again = await bench.open(await hashOf(page));
    expect(await cursor(again)).toBe(step);
    expectSame((await look(again, 0)).weights, exact, "weights of the address");
    expect((await look(again, 0)).numbers).toEqual((await look(page, 0)).numbers);
    expect(await again.locator("#position").textContent()).toMatch(/^3 \/ 10 /);
    await again.close();
    await page.close();
  });

  it("ends where the pointer does, however fast it is dragged", async () => {
    const page = await bench.open(`#${f}&train=${steps}&at=1`);
    const box = (await page.locator("#timeline .rail").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x, y);
    await page.mouse.down();
    for (let i = 1; i <= 60; i++) await page.mouse.move(box.x + (i / 100) * box.width, y);
    await page.mouse.up();
    await idle(page);
    const at = await cursor(page);
    expect(at).toBe(Math.round(1 + 0.6 * steps));
    const nearest = kept.findLast((step) => step <= at) ?? 0;
    expectSame((await look(page, 0)).weights, firstWeights(nearest), "weights");
    expect(await hashOf(page)).toContain(`at=${nearest}`);
    await page.close();
  });

  it("leaves the graph where it stands", async () => {
    const page = await bench.open("#program=xor&train=40&at=10");
    const view = (): Promise<string | null> =>
      page.locator("#drawing svg > g").first().getAttribute("transform");
    await page.click("#fit");
    await idle(page);
    const whole = await view();
    await page.focus(slider);
    await page.keyboard.press("PageUp");
    await idle(page);
    expect(await view()).toBe(whole);
    await page.click("#zoom-in");
    const near = await view();
    expect(near).not.toBe(whole);
    await page.focus(slider);
    await page.keyboard.press("PageUp");
    await idle(page);
    expect(await view()).toBe(near);
    await page.close();
  });

  it("has keys of its own only while the focus is in it", async () => {
    const page = await bench.open("#program=xor&train=40&at=10&step=2");
    await page.focus(slider);
    for (const [key, step] of [
      ["ArrowRight", 11],
      ["Shift+ArrowRight", 21],
      ["ArrowDown", 20],
      ["Home", 1],
      ["End", 41],
    ] as const) {
      await page.keyboard.press(key);
      await idle(page);
      expect(await cursor(page), key).toBe(step);
      expect(await page.locator("#position").textContent()).toMatch(/^2 \/ 8 /);
    }
    await page.locator("#fit").focus();
    await page.keyboard.press("ArrowRight");
    expect(await cursor(page)).toBe(41);
    expect(await page.locator("#position").textContent()).toMatch(/^3 \/ 8 /);
    await page.close();
  });

  it("can be stopped, played, folded and trained again", async () => {
    const page = await bench.open(`#${f}`);
    expect(await page.locator("#timeline-body").isVisible()).toBe(false);
    await page.fill("#timeline [name=train]", "5000");
    await page.click("text=Train…");
    await page.waitForFunction(() => document.querySelectorAll("#timeline dd[data-exact]").length > 3);
    await page.click("text=Stop");
    await idle(page);
    const stopped = await cursor(page);
    expect(stopped).toBeGreaterThan(0);
    expect(stopped).toBeLessThan(5000);
    expect(await page.locator("#timeline .run-status").textContent()).toBe("recorded exactly");
    await train(page, 6);
    await page.focus(slider);
    await page.keyboard.press("Home");
    await page.click("[aria-label='Play the snapshots']");
    await page.waitForSelector("[aria-label='Play the snapshots']");
    await idle(page);
    expect(await cursor(page)).toBe(7);
    expect(await page.locator("#timeline .run-step").textContent()).toBe("After step 6");
    await page.click(".fold-timeline");
    expect(await page.locator("#timeline-body").isVisible()).toBe(false);
    await page.close();
  });

  it("shows numbers that are not finite as such, and what cannot be trained", async () => {
    const deep = "program=deep&depth=30&width=8&activation=relu&gain=9&seed=0&steps=0";
    const page = await bench.open(`#${deep}&train=12&at=12`);
    const here = trainHere(programOf(settingsOf(deep)), 12);
    expect(here.records.at(-1)?.loss).toBeNaN();
    expect((await look(page, 0)).numbers.get("loss loss")).toBeNaN();
    expect(await page.locator("#timeline dd[data-series=loss]").textContent()).toBe("NaN");
    expect(await page.locator("#timeline [data-chart=loss] path.not-finite").getAttribute("d")).toMatch(/^M/);
    await page.selectOption("[name=program]", "expression");
    await page.click("text=Record");
    await idle(page);
    expect(await page.locator("#timeline .run-status").textContent()).toBe("the graph shows something else");
    expect(await page.locator("#timeline [type=submit]").isDisabled()).toBe(true);
    await page.close();
  });

  it("fits a phone", async () => {
    const page = await bench.open(`#${f}&train=30&at=30`, 390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.locator("#timeline canvas").isVisible()).toBe(true);
    await page.close();
  });
});
