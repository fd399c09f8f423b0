import type { RunInfo, Snapshot, StepRecord } from "@adjoint/nn";
import { describe, expect, it } from "vitest";
import { RunModel } from "./run-model.ts";
import { lastAtMost, Series } from "./run-series.ts";

const info: RunInfo = {
  id: "a",
  title: "a test",
  notes: {},
  parameters: [
    { name: "w", shape: [2], dtype: "float32" },
    { name: "b", shape: [1], dtype: "float32" },
  ],
  plannedSteps: null,
  stepsPerEpoch: null,
  normsEvery: 2,
};

const recordOf = (step: number): StepRecord => ({
  step,
  loss: step === 4 ? Number.NaN : 1 / step,
  learningRate: 0.1,
  accuracy: step % 2 === 0 ? null : 0.5,
  norms:
    step % 2 === 0 ? null : { gradient: step, gradients: [step + 0.1, -0], updateRatios: [step + 0.2, step] },
});

/** A model, and which snapshots its source was asked for. */
function modelWithSource(): { readonly model: RunModel; readonly asked: number[] } {
  const asked: number[] = [];
  const source = async (step: number): Promise<Snapshot> => {
    asked.push(step);
    if (step === 13) throw new Error("not there");
    return { step, parameters: new Map(), gradients: null };
  };
  return { model: new RunModel(info, source), asked };
}

function take(model: RunModel, first: number, last: number): void {
  for (let step = first; step <= last; step++) model.take({ kind: "step", record: recordOf(step) });
}

describe("RunModel", () => {
  it("keeps every number of every step", () => {
    const { model } = modelWithSource();
    take(model, 1, 200);
    const { series } = model;
    const records = Array.from({ length: 200 }, (_, i) => recordOf(i + 1));
    expect([...series.step.values]).toEqual(records.map(({ step }) => step));
    expect([...series.loss.values]).toEqual(records.map(({ loss }) => loss));
    expect([...series.accuracy.values]).toEqual(records.map(({ accuracy }) => accuracy ?? Number.NaN));
    const measured = records.flatMap(({ step, norms }) => (norms === null ? [] : [{ step, ...norms }]));
    expect([...series.norms.step.values]).toEqual(measured.map(({ step }) => step));
    expect([...series.norms.gradient.values]).toEqual(measured.map(({ gradient }) => gradient));
    for (const p of [0, 1]) {
      expect([...(series.norms.gradients[p]?.values ?? [])]).toEqual(
        measured.map(({ gradients }) => gradients[p]),
      );
      expect([...(series.norms.updateRatios[p]?.values ?? [])]).toEqual(
        measured.map(({ updateRatios }) => updateRatios[p]),
      );
    }
  });

  it("takes a step once, however often it is told", () => {
    const { model } = modelWithSource();
    let changes = 0;
    model.subscribe(() => changes++);
    take(model, 1, 3);
    take(model, 2, 4);
    expect([...model.series.step.values]).toEqual([1, 2, 3, 4]);
    expect([model.series.last, changes]).toEqual([4, 4]);
  });

  it("finds the position of a step, and the latest before it", () => {
    const { model } = modelWithSource();
    expect(model.series.indexOf(1)).toBe(-1);
    take(model, 1, 5);
    expect([0, 1, 5, 9].map((step) => model.series.indexOf(step))).toEqual([-1, 0, 4, 4]);
    expect(lastAtMost([1, 4, 8], 4.5)).toBe(1);
  });

  it("knows the snapshots that are kept, by step, and the nearest", () => {
    const { model } = modelWithSource();
    expect(model.nearest(3)).toBeNull();
    for (const step of [8, 2, 4, 2]) model.take({ kind: "snapshot", step, hasGradients: true });
    model.take({ kind: "drop", step: 4 });
    model.take({ kind: "drop", step: 4 });
    model.take({ kind: "snapshot", step: 9, hasGradients: false });
    expect(model.snapshots).toEqual([
      { step: 2, hasGradients: true },
      { step: 8, hasGradients: true },
      { step: 9, hasGradients: false },
    ]);
    expect([1, 2, 7, 8, 99].map((step) => model.nearest(step)?.step)).toEqual([2, 2, 2, 8, 9]);
  });

  it("asks once for a snapshot that was asked for lately, and again for one that failed", async () => {
    const { model, asked } = modelWithSource();
    await model.snapshot(1);
    expect((await model.snapshot(1)).step).toBe(1);
    expect(asked).toEqual([1]);
    await expect(model.snapshot(13)).rejects.toThrow("not there");
    await expect(model.snapshot(13)).rejects.toThrow("not there");
    expect(asked).toEqual([1, 13, 13]);
    for (let step = 20; step < 36; step++) await model.snapshot(step);
    await model.snapshot(1);
    expect(asked.filter((step) => step === 1)).toEqual([1, 1]);
  });

  it("says what the run is doing, and stays ended", () => {
    const { model } = modelWithSource();
    const states: string[] = [];
    const end = model.subscribe(() => states.push(model.state));
    model.reconnecting(true);
    model.reconnecting(true);
    model.reconnecting(false);
    model.take({ kind: "end", status: "failed", message: "why" });
    model.reconnecting(true);
    end();
    model.take({ kind: "snapshot", step: 1, hasGradients: true });
    expect(states).toEqual(["reconnecting", "running", "failed"]);
    expect([model.ended, model.message]).toEqual([true, "why"]);
  });
});

describe("Series", () => {
  it("grows, and has no number where there is none", () => {
    const series = new Series();
    for (let i = 0; i < 1000; i++) series.push(i);
    expect(series.values).toEqual(Float64Array.from({ length: 1000 }, (_, i) => i));
    expect([series.at(999), series.at(1000)]).toEqual([999, Number.NaN]);
  });
});
