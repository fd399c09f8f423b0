import { describe, expect, it } from "vitest";
import { linearScale, logScale, scaleFor } from "./axis-scale.ts";

describe("a linear axis", () => {
  it("goes from 0 to 1 in equal steps, and keeps what lies outside on its ends", () => {
    const scale = linearScale(2, 6);
    expect([1, 2, 3, 6, 9].map((x) => scale.at(x))).toEqual([0, 0, 0.25, 1, 1]);
    expect(scale.numberAt(0.25)).toBe(3);
    expect(scale.at(Number.NaN)).toBeNaN();
  });

  it("has round ticks without the dust of binary fractions", () => {
    expect(linearScale(0, 0.3).ticks(3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(linearScale(0, 2.5).ticks(3)).toEqual([0, 1, 2]);
    expect(linearScale(1, 301).ticks(5)).toEqual([100, 200, 300]);
  });

  it("has a span where all numbers are the same", () => {
    const scale = scaleFor("linear", [0, 0]);
    expect([scale.low, scale.high]).toEqual([0, 1]);
    expect(linearScale(4, 4).high).toBe(5);
  });
});

describe("a logarithmic axis", () => {
  it("goes up by equal steps for equal factors; 0 and below lie at its lower end", () => {
    const scale = logScale(1e-4, 1);
    expect(scale.at(1e-2)).toBeCloseTo(0.5, 12);
    expect([-1, 0, 1e-9, 7].map((x) => scale.at(x))).toEqual([0, 0, 0, 1]);
    expect(scale.numberAt(0.5)).toBeCloseTo(1e-2, 12);
  });

  it("has powers of ten, thinned where there are too many, and 2 and 5 where there are too few", () => {
    expect(logScale(1e-4, 1).ticks(5)).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(logScale(1e-9, 1).ticks(4)).toEqual([1e-9, 1e-6, 1e-3, 1]);
    expect(logScale(0.2, 2).ticks(4)).toEqual([0.2, 0.5, 1, 2]);
  });

  it("refuses an end that has no logarithm", () => {
    expect(() => logScale(0, 1)).toThrow(
      "[logScale] low is 0. Give a finite number above 0, the smallest that is shown.",
    );
  });
});

describe("the axis for numbers", () => {
  it("shows all that are finite, and on a log axis all above 0", () => {
    const linear = scaleFor("linear", [0.31, Number.NaN, 2.29, Number.POSITIVE_INFINITY]);
    expect([linear.low, linear.high]).toEqual([0, 2.5]);
    const log = scaleFor("log", [0, 3e-5, 0.2, Number.NaN]);
    expect([log.low, log.high]).toEqual([1e-5, 1]);
    const narrow = scaleFor("log", [0.3, 0.9]);
    expect([narrow.low, narrow.high]).toEqual([0.2, 1]);
  });

  it("is there without any numbers", () => {
    expect(scaleFor("linear", []).ticks(2)).toEqual([0, 0.5, 1]);
    expect(scaleFor("log", [0, -1]).low).toBe(0.1);
  });
});
