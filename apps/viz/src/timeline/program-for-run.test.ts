import type { RunInfo } from "@adjoint/nn";
import { expect, it } from "vitest";
import { programForRun } from "./program-for-run.ts";

function infoOf(hidden: number, activation: string): RunInfo {
  const shapes = { "0.weight": [hidden, 784], "0.bias": [hidden], "2.weight": [10, hidden], "2.bias": [10] };
  return {
    id: "a",
    title: "a test",
    notes: { activation },
    parameters: Object.entries(shapes).map(([name, shape]) => ({ name, shape, dtype: "float32" })),
    plannedSteps: null,
    stepsPerEpoch: null,
    normsEvery: 1,
  };
}

it("a run of 784-h-10 with ReLU is looked at with the page's digits", () => {
  expect(programForRun(infoOf(128, "relu"))?.get("hidden")).toBe("128");
});

it("any other network is not", () => {
  expect(programForRun(infoOf(128, "tanh"))).toBe(null);
  expect(programForRun(infoOf(1000, "relu"))).toBe(null);
  const info = infoOf(128, "relu");
  expect(programForRun({ ...info, parameters: info.parameters.slice(0, 2) })).toBe(null);
  expect(programForRun({ ...info, parameters: [] })).toBe(null);
});
