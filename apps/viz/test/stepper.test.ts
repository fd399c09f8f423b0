// Feature 1 on fixture F: what the page shows after every press, against a listener of the library's sweep in Node.
import { listen, type Node, type Value, Variable } from "@adjoint/autograd";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { digitsProgram } from "../src/programs/digits.ts";
import { adjoints, InspectorBench } from "./inspector-page.ts";

/** A press as the library does it. */
interface Press {
  readonly node: Node;
  readonly incoming: readonly number[];
  readonly contributions: Map<number, readonly number[]>;
  /** All adjoints after it, complete or not. */
  after: ReadonlyMap<Node, readonly number[]>;
}

const numbersOf = (value: Value): number[] =>
  Array.from((value instanceof Variable ? value.value : value).toTypedArray());

/** Runs fixture F here, and notes every state between the rules of two ops. */
function sweepOfF(): {
  presses: Press[];
  seed: ReadonlyMap<Node, readonly number[]>;
  names: Map<string, Node>;
} {
  const program = digitsProgram(32, 0);
  const now = new Map<Node, readonly number[]>();
  let seed: ReadonlyMap<Node, readonly number[]> = new Map();
  const presses: Press[] = [];
  const close = (): void => {
    const last = presses.at(-1);
    if (last === undefined) seed = new Map(now);
    else last.after = new Map(now);
  };
  const listener = {
    node(node: Node, adjoint: Value): void {
      if (!node.isLeaf) close();
      now.set(node, numbersOf(adjoint));
      const press = { node, incoming: numbersOf(adjoint), contributions: new Map(), after: new Map() };
      if (!node.isLeaf) presses.push(press);
    },
    contribution(_node: Node, input: number, _target: Node, value: Value): void {
      presses.at(-1)?.contributions.set(input, numbersOf(value));
    },
    accumulated(target: Node, sum: Value): void {
      now.set(target, numbersOf(sum));
    },
  };
  listen(listener, () => program.loss().backward());
  close();
  const names = new Map<string, Node>();
  for (const [name, value] of program.names) {
    if (value instanceof Variable && value.node !== null) names.set(name, value.node);
  }
  return { presses, seed, names };
}

/** Fails at the first number that is not the very same. */
function expectSame(
  actual: readonly number[] | null,
  expected: readonly number[] | null,
  what: string,
): void {
  expect(actual?.length, what).toBe(expected?.length);
  const wrong = expected?.findIndex((x, i) => !Object.is(x, actual?.[i])) ?? -1;
  expect(wrong, `${what}[${wrong}]: ${actual?.[wrong]}, and ${expected?.[wrong]} in the library`).toBe(-1);
}

/** The numbers in `data-exact` below `selector`, by position in the tensor. */
function shownEntries(page: Page, selector: string): Promise<[number, number][]> {
  return page.$$eval(`${selector} [data-index]`, (cells) =>
    cells.map((cell): [number, number] => [
      Number(cell.getAttribute("data-index")),
      Number(cell.getAttribute("data-exact")),
    ]),
  );
}

async function expectEntries(page: Page, selector: string, expected: readonly number[]): Promise<void> {
  const entries = await shownEntries(page, selector);
  expect(entries.length).toBeGreaterThan(0);
  for (const [index, x] of entries)
    expect(Object.is(x, expected[index]), `${selector} [${index}]`).toBe(true);
}

const norm = (numbers: readonly number[]): number => {
  const [only] = numbers;
  if (numbers.length === 1 && only !== undefined) return only;
  return Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));
};

describe.skipIf(!hasBrowser)("the backward stepper on fixture F", () => {
  let bench: InspectorBench;

  beforeAll(async () => {
    bench = await InspectorBench.start();
  });

  afterAll(async () => {
    await bench?.stop();
  });

  /** The ids that the page gives to the library's nodes: ops by the press that runs them, leaves by name. */
  async function idsOf(
    page: Page,
    presses: readonly Press[],
    names: Map<string, Node>,
  ): Promise<Map<Node, number>> {
    const ids = new Map<Node, number>();
    for (const { node } of presses) {
      await page.keyboard.press("ArrowRight");
      ids.set(node, Number(await page.locator("#panel .step").getAttribute("data-node")));
    }
    for (const [name, node] of names) {
      const card = page.locator(".card[data-kind=leaf]", { hasText: name });
      ids.set(node, Number((await card.getAttribute("data-key"))?.slice(1)));
    }
    await page.keyboard.press("Home");
    return ids;
  }

  async function expectState(
    page: Page,
    ids: ReadonlyMap<Node, number>,
    state: ReadonlyMap<Node, readonly number[]>,
  ): Promise<void> {
    const shown = await adjoints(page, [...ids.values()]);
    const cards = new Map(
      await page.$$eval(".card", (all) =>
        all.map((card): [string | null, string | null] => [
          card.getAttribute("data-key"),
          card.querySelector(".gradient .number")?.getAttribute("data-exact") ?? null,
        ]),
      ),
    );
    for (const [i, [node, id]] of [...ids].entries()) {
      const expected = state.get(node) ?? null;
      expectSame(shown[i] ?? null, expected, `node ${id}`);
      const onCard = cards.get(`n${id}`) ?? null;
      expect(onCard === null ? null : Number(onCard)).toBe(expected === null ? null : norm(expected));
    }
  }

  it("shows the library's adjoints after every press, and the identical state after a press back", async () => {
    const { presses, seed, names } = sweepOfF();
    expect(presses.length).toBe(10);
    const page = await bench.open("#program=digits&hidden=32&seed=0&steps=0");
    const ids = await idsOf(page, presses, names);
    expect(new Set(ids.values()).size).toBe(presses.length + 4);
    await expectState(page, ids, seed);
    const look = (): Promise<string> =>
      page.evaluate(
        () =>
          `${document.querySelector("#drawing")?.innerHTML}${document.querySelector("#panel")?.innerHTML}`,
      );
    const looks = [await look()];
    for (const [k, press] of presses.entries()) {
      await page.keyboard.press("ArrowRight");
      expect(await page.locator("#position").textContent()).toMatch(new RegExp(`^${k + 1} / 10 `));
      await expectState(page, ids, press.after);
      await expectEntries(page, "#panel [data-role=incoming]", press.incoming);
      for (const [input, numbers] of press.contributions) {
        await expectEntries(page, `#panel [data-input="${input}"] [data-role=contribution]`, numbers);
      }
      expect(await page.locator("#panel [data-role=contribution]").count()).toBe(press.contributions.size);
      looks.push(await look());
    }
    for (let k = presses.length - 1; k >= 0; k--) {
      await page.keyboard.press("ArrowLeft");
      expect(await look()).toBe(looks[k]);
      await expectState(page, ids, presses[k - 1]?.after ?? seed);
    }
    expect(bench.problems).toEqual([]);
    await page.close();
  });

  it("adds up a value that is used twice", async () => {
    const text = encodeURIComponent("a = 3; b = a*a; b + a");
    const page = await bench.open(`#program=expression&expression=${text}&step=2`);
    const numbers = (role: string): Promise<(string | null)[]> =>
      page.$$eval(`#panel [data-sum=${role}]`, (all) => all.map((each) => each.getAttribute("data-exact")));
    // add sends 1 to b and 1 to a; mul sends 3 and 3 to a.
    expect([await numbers("before"), await numbers("contribution"), await numbers("after")]).toEqual([
      ["1", "4"],
      ["3", "3"],
      ["4", "7"],
    ]);
    await page.close();
  });
});
