/** SGD against PyTorch: the parameter after each of 30 steps, in float64, with the learning rate changed on the way. */
import { Variable } from "@adjoint/autograd";
import { Parameter, SGD, type SGDOptions } from "@adjoint/nn";
import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";
import { readFixture } from "./pytorch.ts";

interface Trajectory {
  readonly options: Omit<SGDOptions, "learningRate">;
  readonly start: readonly number[];
  /** The step from which the learning rate is 0.01 instead of 0.05. */
  readonly change: number;
  readonly gradients: readonly (readonly number[])[];
  readonly trajectory: readonly (readonly number[])[];
}

const runs = readFixture<Trajectory[]>("sgd.json");
const vector = (data: readonly number[]): Tensor => tensor(Float64Array.from(data)) as Tensor;

describe("SGD as in PyTorch", () => {
  it("has runs", () => expect(runs.length).toBe(8));

  it.each(runs.map((run) => [JSON.stringify(run.options), run] as const))("%s", (_, run) => {
    const weight = new Parameter(vector(run.start));
    const optimizer = new SGD([weight], { learningRate: 0.05, ...run.options });
    for (const [step, gradient] of run.gradients.entries()) {
      if (step === run.change) optimizer.learningRate = 0.01;
      weight.grad = new Variable(vector(gradient));
      optimizer.step();
      expectClose(weight, run.trajectory[step] ?? [], 1e-14);
    }
  });
});
