import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traceStatistics } from "./trace-statistics.ts";

describe("the statistics of a tensor", () => {
  it("tell of its finite elements, and count the others", () => {
    const values = Float64Array.of(3, -4, 0, -0, Number.NaN, Infinity, -Infinity, Number.NaN);
    expect(traceStatistics(values)).toEqual({
      min: -4,
      max: 3,
      mean: -0.25,
      norm: 5,
      zeros: 2,
      nan: 2,
      infinite: 2,
    });
  });

  it("say NaN where nothing is finite", () => {
    const nothing = { min: Number.NaN, max: Number.NaN, mean: Number.NaN, norm: 0, zeros: 0 };
    expect(traceStatistics(new Float32Array())).toEqual({ ...nothing, nan: 0, infinite: 0 });
    expect(traceStatistics(Float32Array.of(Infinity))).toEqual({ ...nothing, nan: 0, infinite: 1 });
  });

  it("neither overflow nor vanish at the ends of the range", () => {
    expect(traceStatistics(Float64Array.of(1.5e308, 1.5e308))).toMatchObject({ mean: 1.5e308, min: 1.5e308 });
    expect(traceStatistics(Float64Array.of(3e200, 4e200)).norm).toBeCloseTo(5e200, -187);
    expect(traceStatistics(Float64Array.of(3e-200, 4e-200)).norm / 5e-200).toBeCloseTo(1, 14);
    expect(traceStatistics(new Uint8Array([1, 0, 1]))).toMatchObject({
      mean: 2 / 3,
      zeros: 1,
      norm: Math.SQRT2,
    });
  });

  it("agree with sums that are scaled from the start", () => {
    const law = fc.property(
      fc.float64Array({ minLength: 1, maxLength: 20, noNaN: true, min: -1e307, max: 1e307 }),
      (x) => {
        const scale = Math.max(...x.map(Math.abs)) || 1;
        const norm = scale * Math.sqrt(x.reduce((sum, each) => sum + (each / scale) ** 2, 0));
        const actual = traceStatistics(x).norm;
        expect(Math.abs(actual - norm)).toBeLessThanOrEqual(1e-14 * norm);
      },
    );
    fc.assert(law, { seed: 6, numRuns: 100 });
  });
});
