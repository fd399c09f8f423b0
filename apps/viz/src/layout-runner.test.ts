import { describe, expect, it } from "vitest";
import { scalarNetTrace } from "../test/large-trace.ts";
import { questionOf } from "./graph-layout.ts";
import { LayoutRunner } from "./layout-runner.ts";
import { visibleGraph } from "./visible-graph.ts";

describe("LayoutRunner", () => {
  const large = questionOf(visibleGraph(scalarNetTrace(2000), new Set()), null);
  const small = questionOf(visibleGraph(scalarNetTrace(40, 2), new Set()), null);

  it("gives up a layout when another is asked for, and does no further step of it", async () => {
    let breaths = 0;
    let second: Promise<unknown> = Promise.resolve(null);
    const runner = new LayoutRunner(async () => {
      breaths++;
      if (breaths === 3) second = runner.run({ id: 2, question: small, basis: null });
    });
    expect(await runner.run({ id: 1, question: large, basis: null })).toBeNull();
    const after = breaths;
    expect(await second).not.toBeNull();
    const alone = new LayoutRunner(async () => {
      breaths++;
    });
    const before = breaths;
    await alone.run({ id: 1, question: small, basis: null });
    const ofSmall = breaths - before;
    await alone.run({ id: 2, question: large, basis: null });
    // The large one takes many more steps than the three that it was given.
    expect(breaths - before - ofSmall).toBeGreaterThan(10);
    expect(after).toBeLessThanOrEqual(3 + ofSmall);
  });

  it("gives up when it is told to", async () => {
    const runner: LayoutRunner = new LayoutRunner(async () => runner.cancel());
    expect(await runner.run({ id: 1, question: large, basis: null })).toBeNull();
  });

  it("gives the same places for the same question, from nothing and from its own answer", async () => {
    const runner = new LayoutRunner(async () => {});
    const first = await runner.run({ id: 1, question: large, basis: null });
    expect(await runner.run({ id: 2, question: large, basis: { of: 1, names: null } })).toEqual(first);
    expect(await new LayoutRunner(async () => {}).run({ id: 1, question: large, basis: null })).toEqual(
      first,
    );
  });
});
