/** The inspector for the tests of one file. */
import { encodeTrace, type Trace } from "@adjoint/autograd/graph";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { InspectorBench, idle } from "./inspector-page.ts";

/** A bench that is started before the tests and stopped after them. */
export interface BenchOfTests {
  /** A page at `hash`, when it has nothing left to do. */
  open(hash: string, width?: number): Promise<Page>;
  /** A page that has opened `trace` as a file. */
  openTrace(trace: Trace): Promise<Page>;
  /** What pages complained of. Those that are left at the end fail the file. */
  readonly problems: string[];
}

/** To be called in `describe`. */
export function benchOfTests(): BenchOfTests {
  let started: InspectorBench | null = null;
  const bench = (): InspectorBench => {
    if (started === null) throw new Error("the bench is there for tests, not before them");
    return started;
  };
  beforeAll(async () => {
    started = await InspectorBench.start();
  });
  afterAll(async () => {
    const { problems = [] } = started ?? {};
    await started?.stop();
    expect(problems).toEqual([]);
  });
  return {
    open: (hash, width) => bench().open(hash, width),
    async openTrace(trace: Trace): Promise<Page> {
      const page = await bench().open("#program=expression");
      const buffer = Buffer.from(encodeTrace(trace));
      await page.setInputFiles("#file", { name: "a.trace", mimeType: "", buffer });
      await idle(page);
      return page;
    },
    get problems(): string[] {
      return bench().problems;
    },
  };
}
