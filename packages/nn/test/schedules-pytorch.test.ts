/** Every schedule against PyTorch: the learning rate, and the momentum of the one cycle, at each of 40 steps. */
import {
  type Curve,
  cosineAnnealingLR,
  exponentialLR,
  LRScheduler,
  linearLR,
  multiStepLR,
  oneCycleLR,
  Parameter,
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  SGD,
  sequentialLR,
  stepLR,
} from "@adjoint/nn";
import { type Tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { readFixture } from "./pytorch.ts";

interface Trace {
  readonly rates: readonly number[];
  readonly momenta: readonly number[] | null;
}
interface CurveCase extends Trace {
  readonly schedule: string;
  readonly options: object;
}
interface PlateauCase {
  readonly options: ReduceLROnPlateauOptions;
  readonly metrics: readonly (number | string)[];
  readonly rates: readonly number[];
}
interface Fixture {
  readonly curves: readonly CurveCase[];
  readonly warmUp: Trace;
  readonly plateau: readonly PlateauCase[];
}

const fixture = readFixture<Fixture>("schedules.json");
const curves = {
  StepLR: stepLR,
  MultiStepLR: multiStepLR,
  ExponentialLR: exponentialLR,
  CosineAnnealingLR: cosineAnnealingLR,
  LinearLR: linearLR,
  OneCycleLR: oneCycleLR,
};

describe("a schedule as in PyTorch", () => {
  it("has cases of all kinds", () => {
    expect(new Set(fixture.curves.map(({ schedule }) => schedule))).toEqual(new Set(Object.keys(curves)));
  });

  it.each(fixture.curves.map((test) => [`${test.schedule} ${JSON.stringify(test.options)}`, test] as const))(
    "%s",
    (_, test) => {
      expectTrace(curves[test.schedule as "StepLR"](test.options as never), test);
    },
  );

  it("a linear warm-up, then a cosine", () => {
    const parts = [linearLR({ startFactor: 0.1, totalIters: 8 }), cosineAnnealingLR({ tMax: 25 })];
    expectTrace(sequentialLR(parts, { milestones: [8] }), fixture.warmUp);
  });

  it.each(fixture.plateau.map((test) => [JSON.stringify(test.options), test] as const))(
    "ReduceLROnPlateau %s",
    (_, { options, metrics, rates }) => {
      const optimizer = sgd();
      const scheduler = new ReduceLROnPlateau(optimizer, options);
      const found = metrics.map((metric) => {
        scheduler.step(Number(metric));
        return optimizer.learningRate;
      });
      expectRelative(found, rates);
      expect(new Set(rates).size, "the case reduces").toBeGreaterThan(1);
    },
  );
});

function sgd(): SGD {
  return new SGD([new Parameter(zeros([1]) as Tensor)], { learningRate: 0.8, momentum: 0.9 });
}

function expectTrace(curve: Curve, { rates, momenta }: Trace): void {
  const optimizer = sgd();
  const scheduler = new LRScheduler(optimizer, curve);
  const found = rates.map((_, i) => {
    if (i > 0) scheduler.step();
    return { rate: optimizer.learningRate, momentum: optimizer.momentum ?? Number.NaN };
  });
  expectRelative(
    found.map(({ rate }) => rate),
    rates,
  );
  expectRelative(
    found.map(({ momentum }) => momentum),
    momenta ?? rates.map(() => 0.9),
  );
}

/** To 1e-12 relative; where the cosine has come down to 0, its rounding is all there is. */
function expectRelative(found: readonly number[], expected: readonly number[]): void {
  for (const [i, y] of expected.entries()) {
    const gap = Math.abs((found[i] ?? Number.NaN) - y);
    if (!(gap <= 1e-12 * Math.abs(y) || gap < 1e-16)) {
      expect.fail(`step ${i}: actual ${found[i]}, expected ${y}, gap ${gap}`);
    }
  }
}
