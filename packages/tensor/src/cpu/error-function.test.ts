import { describe, expect, it } from "vitest";
import rows from "../../test/fixtures/error-functions.json" with { type: "json" };
import { erf, erfc } from "./error-function.ts";

/** |actual − expected| in units of expected's last place. */
function units(actual: number, expected: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(expected))), -1022);
  return Math.abs(actual - expected) / Math.max(2 ** (exponent - 52), Number.MIN_VALUE);
}

describe("erf and erfc", () => {
  const points = rows as [number, number, number][];

  it("agree with C's library, which is off by a unit itself", () => {
    expect(points.filter(([x, expected]) => !(units(erf(x), expected) <= 2))).toEqual([]);
  });

  it("agree in the tail, where its error grows to 4", () => {
    expect(points.filter(([x, , expected]) => !(units(erfc(x), expected) <= 6))).toEqual([]);
  });

  it("are odd, and complementary", () => {
    for (const [x] of points) {
      expect(erf(-x)).toBe(-erf(x));
      expect(Math.abs(erfc(x) + erf(x) - 1)).toBeLessThanOrEqual(2 ** -52);
    }
  });

  it.each([
    [0, 0, 1],
    [-0, -0, 1],
    [6, 1, 2.1519736712498913e-17],
    [30, 1, 0],
    [-30, -1, 2],
    [Infinity, 1, 0],
    [-Infinity, -1, 2],
    [Number.NaN, Number.NaN, Number.NaN],
  ])("at %d are %d and %d", (x, y, rest) => {
    expect(erf(x)).toBe(y);
    expect(erfc(x)).toBe(rest);
  });
});
