// Feature 17: every step of every lesson in the page, and each number that it tells against the library's in Node.
import type { Trace } from "@adjoint/autograd/graph";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import type { Calc, TensorRef } from "../src/lessons/calc.ts";
import type { Lesson, LessonBlock, LessonPart, LessonQuestion, LessonState } from "../src/lessons/lesson.ts";
import { readLessons } from "../src/lessons/lesson-files.ts";
import { evaluate, findNode, type ResolvedState, resolveState } from "../src/lessons/lesson-state.ts";
import { recordStep } from "../src/programs/program.ts";
import { programOf, wholeOf } from "../src/programs/programs.ts";
import { adjoints, hashOf, InspectorBench, idle } from "./inspector-page.ts";

const traces = new Map<string, Trace>();

/** A state of a lesson, computed here. */
function stateHere(state: LessonState): ResolvedState {
  const key = JSON.stringify(state.program);
  const settings = new Map(state.program);
  const trace = traces.get(key) ?? recordStep(programOf(settings), wholeOf(settings, "steps"), {});
  traces.set(key, trace);
  return resolveState(trace, state);
}

/** Entries of a node, read out of the trace by the test itself. */
function entries({ trace, state }: ResolvedState, { quantity, node, index }: TensorRef): number[] {
  const { id, value, shape } = findNode(trace, node);
  const data = (quantity === "value" ? value : state.adjoints.get(id)?.tensor)?.data ?? [];
  const matches = (offset: number): boolean => {
    let rest = offset;
    return [...shape.keys()].reverse().every((axis) => {
      const at = rest % (shape[axis] ?? 1);
      rest = Math.floor(rest / (shape[axis] ?? 1));
      return index === null || index[axis] === null || index[axis] === at;
    });
  };
  return Array.from(data).filter((_, offset) => matches(offset));
}

/** A single entry is read by the test itself. */
function number(resolved: ResolvedState, calc: Calc): number {
  return calc.kind === "entry" ? (entries(resolved, calc.ref)[0] ?? Number.NaN) : evaluate(resolved, calc);
}

function numbersOfParts(resolved: ResolvedState, parts: readonly LessonPart[]): number[] {
  return parts.flatMap((part) => (part.kind === "number" ? [number(resolved, part.calc)] : []));
}

/** All numbers of a block in the order in which they stand; of a question those that are told before the answer. */
function numbersOf(resolved: ResolvedState, block: LessonBlock): number[] {
  if (block.kind === "prose" || block.kind === "formula") return numbersOfParts(resolved, block.parts);
  if (block.kind === "question") {
    const options = block.answer.kind === "choice" ? block.answer.options.map(({ parts }) => parts) : [];
    return [...block.ask, ...options].flatMap((parts) => numbersOfParts(resolved, parts));
  }
  if (block.kind === "bars") {
    const all = entries(resolved, block.of);
    return block.map === "exp" ? all.map(Math.exp) : all;
  }
  if (block.kind === "picture") {
    const all = entries(resolved, block.of);
    const largest = Math.max(...all.map(Math.abs));
    return all.every((x) => x >= 0) && block.of.quantity === "value" ? all : [...all, -largest, largest];
  }
  const [left, right] = [entries(resolved, block.left), block.right && entries(resolved, block.right)];
  const products = left.map((x, i) => (right === null ? x : x * (right[i] ?? Number.NaN)));
  const lines = left.flatMap((x, i) => (right === null ? [x] : [x, right[i] ?? 0, products[i] ?? 0]));
  return [...lines, products.reduce((sum, x) => sum + x, 0), ...entries(resolved, block.total)];
}

/** What the page tells below `selector`, in order. */
function told(page: Page, selector: string): Promise<number[]> {
  return page.$$eval(`${selector} [data-exact]`, (all) =>
    all.flatMap((each) => (each.getAttribute("data-exact") ?? "").split(" ").map(Number)),
  );
}

function expectSame(actual: readonly number[], wanted: readonly number[], where: string): void {
  const wrong = wanted.findIndex((x, i) => !Object.is(x, actual[i]));
  expect(wrong, `${where}: number ${wrong} is ${actual[wrong]}, not ${wanted[wrong]}`).toBe(-1);
  expect(actual.length, where).toBe(wanted.length);
}

/** The graph stands where the lesson says, and shows the library's adjoints. */
async function expectState(
  page: Page,
  { trace, step, node, state }: ResolvedState,
  where: string,
): Promise<void> {
  expect(await page.inputValue("#scrub"), where).toBe(String(step));
  expect(await page.getAttribute("#scrub", "max"), where).not.toBe("0");
  // The first weight's 25,000 would come over the protocol at each step; the stepper's test compares those.
  const ids = trace.nodes.filter(({ value }) => (value?.data?.length ?? 0) < 1000).map(({ id }) => id);
  const shown = await adjoints(page, ids);
  for (const [i, id] of ids.entries()) {
    const data = state.adjoints.get(id)?.tensor.data ?? null;
    if (data === null) expect(shown[i] ?? null, `${where}: node ${id}`).toBeNull();
    else expectSame(shown[i] ?? [], Array.from(data), `${where}: node ${id}`);
  }
  expect(await page.locator(".card[data-selected]").count(), where).toBe(node === null ? 0 : 1);
}

describe.skipIf(!hasBrowser)("the lessons in the page", () => {
  let bench: InspectorBench;
  let lessons: Lesson[];

  beforeAll(async () => {
    bench = await InspectorBench.start();
    lessons = await readLessons();
  });

  afterAll(async () => {
    expect(bench.problems).toEqual([]);
    await bench?.stop();
  });

  /** Opens a step, or has it opened, and compares all that it tells before and after the answer. */
  async function expectStep(page: Page, lesson: Lesson, at: number): Promise<void> {
    const step = lesson.steps[at];
    if (step === undefined) throw new Error(`${lesson.id} has no step ${at + 1}`);
    const where = `${lesson.id}.${at + 1}`;
    const resolved = stateHere(step.state);
    expect(await page.locator(".lessons h2").textContent()).toBe(step.title);
    expect(await hashOf(page)).toBe(`#tab=lessons&place=${where}`);
    await expectState(page, resolved, where);
    const wanted = step.blocks.flatMap((block) => numbersOf(resolved, block));
    expectSame(await told(page, ".lesson-text"), wanted, where);
    const question = step.blocks.find((block): block is LessonQuestion => block.kind === "question");
    if (question === undefined) return;
    await page.locator(".question button[type=submit]").click();
    await idle(page);
    const then = stateHere(question.afterwards);
    await expectState(page, then, `${where}, revealed`);
    const answer = question.answer.kind === "number" ? [number(then, question.answer.calc)] : [];
    const after = question.reveal.flatMap((block) => numbersOf(then, block));
    expectSame(await told(page, ".reveal"), [...answer, ...after], `${where}, revealed`);
  }

  it.each(["forward", "softmax", "backward", "dead-relu", "vanishing", "differences", "nan"])(
    "%s: each state and each number is the library's",
    { timeout: 120_000 },
    async (id) => {
      const lesson = lessons.find((each) => each.id === id);
      if (lesson === undefined) throw new Error(`there is no lesson ${id}`);
      const page = await bench.open(`#tab=lessons&place=${id}.1`);
      for (const at of lesson.steps.keys()) {
        if (at > 0) {
          await page.keyboard.press("PageDown");
          await idle(page);
        }
        await expectStep(page, lesson, at);
      }
      await page.close();
    },
  );

  it("opens at a step of the address, turns with keys, and goes back to its state", async () => {
    const page = await bench.open("#tab=lessons&place=backward.5");
    const [, , lesson] = lessons;
    if (lesson === undefined) throw new Error("there is no third lesson");
    await page.keyboard.press("PageUp");
    await idle(page);
    await expectStep(page, lesson, 3);
    expect(await page.locator(".away").isVisible()).toBe(false);
    await page.click("#first");
    expect(await page.locator(".away").isVisible()).toBe(true);
    await page.click(".away");
    await idle(page);
    await expectState(
      page,
      stateHere(lesson.steps[3]?.state ?? { program: [], at: "start", node: null }),
      "again",
    );
    await page.close();
  });

  it("begins with the list of lessons, and starts one", async () => {
    const page = await bench.open("#program=xor&tab=lessons");
    expect(await page.locator(".lesson-card b").allTextContents()).toEqual(lessons.map(({ title }) => title));
    await page.click("[data-lesson=nan]");
    await idle(page);
    expect(await page.locator(".lessons h2").textContent()).toBe("Infinity times nothing");
    expect(await page.inputValue("[name=program]")).toBe("expression");
    await page.close();
  });

  it("says how a guess was, and waits for a number where there is none", async () => {
    const page = await bench.open("#tab=lessons&place=softmax.4");
    const reveal = page.locator(".question button[type=submit]");
    await page.fill(".guess input", "two");
    await reveal.click();
    await idle(page);
    expect(await page.locator(".reveal").textContent()).toContain("Type a number");
    await page.fill(".guess input", "2,3");
    await reveal.click();
    await idle(page);
    expect(await page.locator(".verdict").textContent()).toBe("✓ Close: it is 2.303.");
    await page.keyboard.press("PageUp");
    await idle(page);
    await page.check(".option input >> nth=0");
    await page.locator(".question button[type=submit]").click();
    await idle(page);
    expect(await page.locator(".verdict").textContent()).toBe("✗ Not quite.");
    expect(await page.locator(".option[data-right]").textContent()).toBe("negativethe answer");
    await page.close();
  });

  it("a number leads to its node", async () => {
    const page = await bench.open("#tab=lessons&place=forward.2");
    await page.click(".live[data-source='value 0.bias[4]']");
    expect(await page.locator(".card[data-selected] .title").textContent()).toBe("0.bias");
    await page.close();
  });
});
