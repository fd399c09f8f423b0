/** The page of live-run.test.ts: nothing but a LiveRun, within reach of the test. */
import { LiveRun } from "../src/page/live-run.ts";
import type { RunModel } from "../src/run-model.ts";

/** What the test can ask. Numbers go through `String`-free paths: NaN and −0 survive the way to Node. */
export interface LiveRunAccess {
  /** The ids of the runs that were opened, in order. */
  readonly opened: readonly string[];
  readonly problems: readonly (string | null)[];
  /** The states that the present run was in, in order, each change once. */
  readonly states: readonly string[];
  /** The last step that the run had when all was heard that had happened before the page was opened. */
  readonly firstPresent: Promise<number>;
  /** Resolves when the present run has its step `step`. */
  step(id: string, step: number): Promise<void>;
  /** Resolves when the present run is in `state`. */
  state(state: string): Promise<void>;
  series(): Readonly<Record<"step" | "loss" | "learningRate" | "accuracy" | "norms" | "ratios", number[]>>;
  snapshots(): number[];
  /** The numbers of the only parameter, and of its gradient. */
  snapshot(step: number): Promise<{ readonly values: number[]; readonly gradients: number[] }>;
}

const opened: string[] = [];
const problems: (string | null)[] = [];
const states: string[] = [];
let run: RunModel | null = null;
const waiting = new Set<() => void>();

/** Resolves as soon as `isSo`, which is looked at after each change. */
function when(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isSo()) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
  });
}

function changed(): void {
  if (run !== null && states.at(-1) !== run.state) states.push(run.state);
  for (const look of waiting) look();
}

const live = new LiveRun({
  opened: (model) => {
    run = model;
    opened.push(model.info.id);
    model.subscribe(changed);
    changed();
  },
  problem: (message) => problems.push(message),
});

function shown(): RunModel {
  if (run === null) throw new Error("there is no run yet");
  return run;
}

const access: LiveRunAccess = {
  opened,
  problems,
  states,
  firstPresent: live.present.then(() => live.run?.series.last ?? 0),
  step: (id, step) => when(() => run?.info.id === id && run.series.last >= step),
  state: (state) => when(() => live.run?.state === state),
  series: () => {
    const { step, loss, learningRate, accuracy, norms } = shown().series;
    return {
      step: [...step.values],
      loss: [...loss.values],
      learningRate: [...learningRate.values],
      accuracy: [...accuracy.values],
      norms: [...norms.step.values, ...norms.gradient.values, ...(norms.gradients[0]?.values ?? [])],
      ratios: [...(norms.updateRatios[0]?.values ?? [])],
    };
  },
  snapshots: () => shown().snapshots.map(({ step }) => step),
  snapshot: async (step) => {
    const { parameters, gradients } = await shown().snapshot(step);
    const numbers = (group: typeof parameters | null): number[] => [...(group?.get("0.weight")?.data ?? [])];
    return { values: numbers(parameters), gradients: numbers(gradients) };
  },
};
Object.assign(globalThis, { liveRun: access });
