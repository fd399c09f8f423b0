import { describe, expect, it } from "vitest";
import { type Slope, slopeAt } from "./differences.ts";

const slope = (f: (x: number) => number, x: number, step = 0.125): Slope =>
  slopeAt(
    (z) => f(z) - f(x),
    x,
    step,
    2 ** -52 * Math.abs(f(x)),
    ({ uncertainty }) => uncertainty < 1e-10,
  );

describe("slopeAt", () => {
  it.each([
    ["exp", Math.exp, 1, Math.E],
    ["tanh", Math.tanh, 0.3, 1 - Math.tanh(0.3) ** 2],
    ["sin, at an inflection", Math.sin, 0, 1],
    ["x³ at 0, whose one-sided differences meet slowly", (x: number) => x ** 3, 0, 0],
    ["log near its end", Math.log, 0.01, 100],
    ["a polynomial", (x: number) => 3 * x * x - 2 * x, 5, 28],
    ["relu beside its kink", (x: number) => Math.max(x, 0), 0.01, 1],
    ["a kink just inside the first steps", (x: number) => Math.abs(x - 0.02) + Math.exp(x), 0, 0],
    ["a constant", () => 7, 1, 0],
  ])("of %s", (_name, f, x, expected) => {
    const { value, uncertainty, kink } = slope(f, x);
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.max(10 * uncertainty, 1e-15));
    expect(kink).toBe(false);
  });

  it.each([
    ["relu", (x: number) => Math.max(x, 0), 0],
    ["abs", Math.abs, 0],
    ["a small kink on a curve", (x: number) => Math.exp(x) + 1e-4 * Math.abs(x), 0],
    ["a kink between two curves", (x: number) => (x < 1 ? x * x : x * x * x), 1],
    ["sqrt, which ends here", Math.sqrt, 0],
    ["a jump", (x: number) => Math.floor(x), 2],
    ["√|x|", (x: number) => Math.sqrt(Math.abs(x)), 0],
  ])("says kink of %s", (_name, f, x) => {
    expect(slope(f, x).kink).toBe(true);
  });

  it("gives the one-sided slopes of a kink", () => {
    const { left, right } = slope((x) => (x < 0 ? -3 * x : 2 * x), 0);
    expect([left, right]).toEqual([-3, 2]);
  });

  it("grows without end where the tangent stands upright", () => {
    expect(slope(Math.cbrt, 0)).toMatchObject({ value: Number.POSITIVE_INFINITY, kink: false });
    expect(slope((x) => -Math.cbrt(x), 0).value).toBe(Number.NEGATIVE_INFINITY);
  });

  it("has no value where the function has none", () => {
    expect(slope(() => Number.NaN, 0)).toMatchObject({ value: Number.NaN, kink: false });
  });
});
