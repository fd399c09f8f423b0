import { encodeTrace, type Trace, type TraceTensor } from "@adjoint/autograd/graph";
import type { RunEvent, Snapshot, StepRecord } from "@adjoint/nn";
import { beforeAll, describe, expect, it } from "vitest";
import { descend, optimizerOf, recordStep } from "../programs/program.ts";
import { type ProgramSettings, programOf } from "../programs/programs.ts";
import type { TaskContext } from "./task.ts";
import type { TrainNews } from "./train-news.ts";
import { recordAtTask, trainTask } from "./train-task.ts";

/** A context in which messages come in at each `breathe`, of which the one of number `abortAt` aborts. */
function contextOf(
  progress: (news: TrainNews) => void = () => undefined,
  abortAt = Number.POSITIVE_INFINITY,
): TaskContext<TrainNews> {
  const abortion = new AbortController();
  let breaths = 0;
  return {
    signal: abortion.signal,
    trace: null,
    progress,
    async breathe() {
      if (++breaths >= abortAt) abortion.abort(new Error("stopped"));
      abortion.signal.throwIfAborted();
    },
  };
}

interface Heard {
  readonly news: readonly TrainNews[];
  readonly steps: readonly StepRecord[];
  readonly snapshots: ReadonlyMap<number, Snapshot>;
}

async function train(settings: ProgramSettings, steps: number): Promise<Heard> {
  const news: TrainNews[] = [];
  await trainTask(
    { settings, steps },
    contextOf((batch) => news.push(batch)),
  );
  const events: RunEvent[] = news.flatMap((batch) => batch.events);
  const snapshots = new Map(news.flatMap((batch) => batch.snapshots.map((each) => [each.step, each])));
  for (const event of events) if (event.kind === "drop") snapshots.delete(event.step);
  const records = events.flatMap((event) => (event.kind === "step" ? [event.record] : []));
  return { news, steps: records, snapshots };
}

/** The trace's bytes without what no two runs have alike: times. */
function bytesOf(trace: Trace): Uint8Array {
  const untimed = {
    ...trace,
    nodes: trace.nodes.map((node) => ({ ...node, nanoseconds: 0 })),
    passes: trace.passes.map((pass) => ({
      ...pass,
      steps: pass.steps.map((step) => ({
        ...step,
        contributions: step.contributions.map((each) => ({
          ...each,
          ruleNanoseconds: 0,
          sumNanoseconds: 0,
        })),
      })),
    })),
  };
  return encodeTrace(untimed);
}

function weightOf(trace: Trace, name: string): TraceTensor | null {
  return trace.nodes.find((node) => node.name === name)?.value ?? null;
}

const digits: ProgramSettings = new Map([
  ["program", "digits"],
  ["hidden", "8"],
  ["seed", "3"],
]);
const xor: ProgramSettings = new Map([
  ["program", "xor"],
  ["seed", "0"],
  ["steps", "7"],
]);

describe("training in the engine", () => {
  let heard: Heard;
  beforeAll(async () => {
    heard = await train(digits, 100);
  });

  it("tells of every step what a loop of one's own finds", () => {
    const program = programOf(digits);
    const optimizer = optimizerOf(program);
    expect(heard.news[0]?.info?.parameters.map(({ name }) => name)).toEqual([
      "0.weight",
      "0.bias",
      "2.weight",
      "2.bias",
    ]);
    expect(heard.steps.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    if (optimizer === null) throw new TypeError("the digits have a network");
    for (const { step, loss, accuracy, learningRate } of heard.steps) {
      expect(descend(program, optimizer).item(), `loss of step ${step}`).toBe(loss);
      expect(program.accuracy?.()).toBe(accuracy);
      expect(learningRate).toBe(0.1);
      optimizer.step();
    }
    expect(heard.steps.at(-1)?.accuracy).toBe(1);
  });

  it("keeps snapshots that later steps do not write into", () => {
    expect(heard.snapshots.size).toBeLessThanOrEqual(64);
    expect(heard.snapshots.size).toBeGreaterThan(32);
    const first = recordStep(programOf(digits), 0, {});
    expect(heard.snapshots.get(1)?.parameters.get("0.weight")?.data).toEqual(
      weightOf(first, "0.weight")?.data,
    );
    const left = recordStep(programOf(digits), 100, {});
    expect(heard.snapshots.get(101)?.parameters.get("2.weight")?.data).toEqual(
      weightOf(left, "2.weight")?.data,
    );
    expect(heard.snapshots.get(101)?.gradients).toBe(null);
  });

  it("records any step to the last bit as a run from the beginning does", async () => {
    const kept = [...heard.snapshots.keys()].sort((a, b) => a - b);
    for (const step of [1, 2, 79, 100, 101]) {
      const nearest = kept.findLast((each) => each <= step) ?? 1;
      const trace = await recordAtTask(
        { settings: digits, step, from: heard.snapshots.get(nearest) ?? null },
        contextOf(),
      );
      const metadata = { ...Object.fromEntries(digits), steps: String(step - 1) };
      const whole = recordStep(programOf(digits), step - 1, metadata);
      expect(Buffer.compare(bytesOf(trace), bytesOf(whole)), `step ${step}`).toBe(0);
    }
    expect(kept).not.toContain(79);
  });

  it("records without a snapshot from the beginning, and whatever the settings say of steps", async () => {
    const trace = await recordAtTask({ settings: xor, step: 3, from: null }, contextOf());
    const metadata = { ...Object.fromEntries(xor), steps: "2" };
    expect(bytesOf(trace)).toEqual(bytesOf(recordStep(programOf(xor), 2, metadata)));
  });

  it("stops when nobody waits any more", async () => {
    const news: TrainNews[] = [];
    const context = contextOf((batch) => news.push(batch), 1);
    await expect(trainTask({ settings: digits, steps: 5000 }, context)).rejects.toThrow("stopped");
    expect(news.flatMap((batch) => batch.events).length).toBeLessThan(5000);
    const late = recordAtTask({ settings: digits, step: 5000, from: null }, contextOf(undefined, 1));
    await expect(late).rejects.toThrow("stopped");
  });

  it("says what it cannot train", async () => {
    const expression = new Map([
      ["program", "expression"],
      ["expression", "a = 1; a*a"],
    ]);
    await expect(trainTask({ settings: expression, steps: 3 }, contextOf())).rejects.toThrow(
      '[train] the program "expression" has no parameters. Choose one with a network.',
    );
    await expect(trainTask({ settings: xor, steps: 0 }, contextOf())).rejects.toThrow(
      "[train] steps is 0. Give a whole number from 1 to 5000.",
    );
    const from = heard.snapshots.get(4) ?? null;
    await expect(recordAtTask({ settings: digits, step: 3, from }, contextOf())).rejects.toThrow(
      "[recordAt] the snapshot is of step 4, after step 3. Give one at or before it.",
    );
  });
});
