/** Every optimizer against PyTorch: where two parameters are after up to 50 steps, in float64, to 1e-12 relative. */
import { Variable } from "@adjoint/autograd";
import {
  Adagrad,
  Adam,
  AdamW,
  type Curve,
  cosineAnnealingLR,
  exponentialLR,
  LRScheduler,
  oneCycleLR,
  Parameter,
  RMSprop,
  SGD,
  stepLR,
} from "@adjoint/nn";
import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { readFixture } from "./pytorch.ts";

type Row = readonly number[];
interface Run {
  readonly optimizer: string;
  readonly options: object;
  readonly schedule: string | null;
  readonly scheduleOptions: object;
  /** Both parameters one after the other, by the number of steps. */
  readonly positions: Readonly<Record<string, Row>>;
}
interface Fixture {
  readonly start: readonly Row[];
  /** A gradient for each parameter; null where it has none. */
  readonly gradients: readonly (readonly (Row | null)[])[];
  readonly runs: readonly Run[];
}

const { start, gradients, runs } = readFixture<Fixture>("optimizers.json");
const vector = (data: Row): Tensor => tensor(Float64Array.from(data)) as Tensor;
const optimizers = { SGD, Adam, AdamW, RMSprop, Adagrad };
const curves = {
  CosineAnnealingLR: cosineAnnealingLR,
  OneCycleLR: oneCycleLR,
  StepLR: stepLR,
  ExponentialLR: exponentialLR,
};

describe("an optimizer as in PyTorch", () => {
  it("has runs of all kinds", () => {
    expect(new Set(runs.map((run) => run.optimizer))).toEqual(new Set(Object.keys(optimizers)));
    expect(new Set(runs.map((run) => run.schedule))).toEqual(new Set([null, ...Object.keys(curves)]));
    expect(gradients.length).toBe(50);
  });

  it.each(runs.map((run) => [titleOf(run), run] as const))("%s", (_, run) => {
    const parameters = start.map((data) => new Parameter(vector(data)));
    const optimizer = new optimizers[run.optimizer as "SGD"](parameters, run.options as never);
    const scheduler = run.schedule === null ? null : new LRScheduler(optimizer, curveOf(run));
    for (const [i, row] of gradients.entries()) {
      for (const [p, gradient] of row.entries()) {
        const parameter = parameters[p] as Parameter;
        parameter.grad = gradient === null ? null : new Variable(vector(gradient));
      }
      optimizer.step();
      scheduler?.step();
      const expected = run.positions[i + 1];
      if (expected !== undefined) expectRelative(parameters, expected, i + 1);
    }
  });
});

function curveOf({ schedule, scheduleOptions }: Run): Curve {
  return curves[schedule as "StepLR"](scheduleOptions as never);
}

function titleOf({ optimizer, options, schedule, scheduleOptions }: Run): string {
  const then = schedule === null ? "" : `, ${schedule} ${JSON.stringify(scheduleOptions)}`;
  return `${optimizer} ${JSON.stringify(options)}${then}`;
}

function expectRelative(parameters: readonly Parameter[], expected: Row, step: number): void {
  const found = parameters.flatMap((parameter) => [...parameter.value.toTypedArray()]);
  expect(found.length).toBe(expected.length);
  for (const [i, y] of expected.entries()) {
    const gap = Math.abs((found[i] ?? Number.NaN) - y) / Math.abs(y);
    if (!(gap <= 1e-12)) {
      expect.fail(`step ${step}, element ${i}: actual ${found[i]}, expected ${y}, relative gap ${gap}`);
    }
  }
}
