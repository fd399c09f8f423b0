// The timeline on a run that the server follows: a log on the disk, read while it grows.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  encodeRunEvent,
  encodeRunInfo,
  encodeSnapshot,
  type RunEvent,
  RunJournal,
  runLogFiles,
  type Snapshot,
  snapshotFileName,
} from "@adjoint/nn";
import { fromTypedArray } from "@adjoint/tensor";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "../../../scripts/browser/browser.ts";
import { descend, optimizerOf } from "../src/programs/program.ts";
import { programOf } from "../src/programs/programs.ts";
import { RunFolder } from "../src/server/run-folder.ts";
import { RunRoutes } from "../src/server/run-routes.ts";
import { hashOf, InspectorBench, idle } from "./inspector-page.ts";
import { infoOf, RunOnDisk, recordOf, snapshotOf } from "./run-on-disk.ts";

/** What `adjointInspector` of the page gives. */
interface Access {
  readonly adjointInspector: {
    weights(): { readonly step: number; readonly data: ArrayLike<number> } | null;
  };
}

/** The weights that are shown, as texts, since JSON has no NaN. */
function weights(page: Page): Promise<{ readonly step: number; readonly data: string[] } | null> {
  return page.evaluate(() => {
    const shown = (globalThis as typeof globalThis & Access).adjointInspector.weights();
    const text = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));
    return shown && { step: shown.step, data: Array.from(shown.data, text) };
  });
}

/** Waits until the timeline has heard of `step`, and has shown what belongs to it. */
async function heard(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector("#timeline [role=slider]")?.getAttribute("aria-valuemax") === wanted,
    String(step),
  );
  await idle(page);
}

const number = (page: Page, series: string): Promise<string | null> =>
  page.locator(`#timeline dd[data-series=${series}]`).first().getAttribute("data-exact");

describe.skipIf(!hasBrowser)("the timeline on a run of the server", () => {
  let bench: InspectorBench;
  let run: RunOnDisk;

  beforeAll(async () => {
    run = new RunOnDisk();
    bench = await InspectorBench.start(new RunRoutes(new RunFolder(run.folder)));
  }, 60_000);

  afterEach(() => {
    expect(bench.problems).toEqual([]);
  });

  afterAll(async () => {
    await bench?.stop();
    run?.remove();
  });

  it("follows its steps, shows its snapshots with NaN and −0, and ends with it", async () => {
    run.begin("first").snapshot(1).steps(1, 3);
    const page = await bench.open("#open=run");
    await heard(page, 3);
    expect(await hashOf(page)).toContain("#open=run");
    expect(await page.locator("#timeline .run-step").textContent()).toBe("Step 3 / 3");
    expect(await number(page, "loss")).toBe("NaN");
    expect(await number(page, "gradient")).toBe(String(recordOf(3).norms?.gradients[0]));
    expect(await weights(page)).toEqual({ step: 1, data: ["1", "-0", "NaN", String(Math.fround(1 / 3))] });
    run.snapshot(4).steps(4, 6);
    await heard(page, 6);
    expect(await number(page, "loss")).toBe(String(recordOf(6).loss));
    expect((await weights(page))?.step).toBe(4);
    expect(await page.locator("[data-weight-scale=high]").getAttribute("data-exact")).toBe("4");
    await page.focus("#timeline [role=slider]");
    await page.keyboard.press("Home");
    await idle(page);
    run.snapshot(7).steps(7, 8);
    await heard(page, 8);
    expect(await page.locator("#timeline .run-step").textContent()).toBe("Step 1 / 8");
    expect((await weights(page))?.data[0]).toBe(String(snapshotOf(1).step));
    run.event({ kind: "end", status: "completed", message: "" });
    await page.waitForFunction(() =>
      document.querySelector(".run-status")?.textContent?.includes("completed"),
    );
    await page.close();
  });

  it("looks at the snapshots of 784-h-10 with the page's own digits", async () => {
    const settings = new Map([
      ["program", "digits"],
      ["hidden", "4"],
      ["seed", "9"],
    ]);
    const program = programOf(settings);
    const optimizer = optimizerOf(program);
    if (program.model === null || optimizer === null) throw new TypeError("the digits have a network");
    const kept = new Map<number, Snapshot>();
    const events: RunEvent[] = [];
    const journal = new RunJournal(program.model.namedParameters(), {
      step: (record) => events.push({ kind: "step", record }),
      snapshot: (snapshot) => {
        kept.set(snapshot.step, structuredClone(snapshot));
        events.push({ kind: "snapshot", step: snapshot.step, hasGradients: snapshot.gradients !== null });
      },
      drop: () => undefined,
      end: (status, message) => events.push({ kind: "end", status, message }),
    });
    for (let step = 0; step < 5; step++) {
      journal.step(optimizer, { loss: descend(program, optimizer).item() });
    }
    journal.end("completed");
    run.begin("second");
    const info = { ...infoOf("third"), notes: { activation: "relu" }, parameters: journal.parameters };
    writeFileSync(join(run.folder, runLogFiles.folder, runLogFiles.info), encodeRunInfo(info));
    for (const snapshot of kept.values()) {
      writeFileSync(run.file(snapshotFileName(snapshot.step)), encodeSnapshot(snapshot));
    }
    run.append(events.map((event) => `${encodeRunEvent(event)}\n`).join(""));
    const page = await bench.open("#open=run&step=99");
    await heard(page, 6);
    // The graph's loss is that of the run at this step: the same digits, the same weights.
    await page.focus("#timeline [role=slider]");
    for (const step of [1, 2, 3]) {
      await page.keyboard.press(step === 1 ? "Home" : "PageUp");
      await idle(page);
      const record = events.find((event) => event.kind === "step" && event.record.step === step);
      const loss = record?.kind === "step" ? record.record.loss : Number.NaN;
      const card = page.locator(".card", { hasText: "div" }).locator(".value .number");
      expect(Number(await card.getAttribute("data-exact"))).toBe(loss);
      expect((await weights(page))?.step).toBe(step);
    }
    const first = kept.get(3)?.parameters.get("0.weight");
    expect((await weights(page))?.data.slice(0, 9)).toEqual(
      [...(first === undefined ? [] : fromTypedArray(first.data, first.shape).toTypedArray())]
        .slice(0, 9)
        .map(String),
    );
    expect(await page.locator("#timeline .run-status").textContent()).toContain("completed");
    await page.close();
  });
});
