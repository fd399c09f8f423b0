import fc from "fast-check";
import { describe, expect, it } from "vitest";
import quantiles from "../../test/fixtures/quantiles.json" with { type: "json" };
import { floorRemainder, integerPower, normalQuantile, power, roundHalfEven } from "./scalar-math.ts";

describe("normalQuantile", () => {
  it("agrees with Python's statistics.NormalDist().inv_cdf", () => {
    const wrong = quantiles.flatMap(([p = 0, expected = 0]) => {
      const actual = normalQuantile(p);
      // Both evaluate AS 241; they differ by the rounding of the logarithm, a few units in the last place.
      return Math.abs(actual - expected) <= 4e-15 * Math.abs(expected) ? [] : [{ p, actual, expected }];
    });
    expect(wrong).toEqual([]);
    expect(quantiles.length).toBeGreaterThan(150);
  });

  it("is odd around one half", () => {
    for (let k = 1; k < 512; k++) expect(normalQuantile(k / 1024)).toBe(-normalQuantile(1 - k / 1024));
  });

  it("grows", () => {
    for (let k = 1; k < 4096; k++)
      expect(normalQuantile(k / 4096)).toBeGreaterThan(normalQuantile((k - 1) / 4096));
  });

  it("is infinite at the ends and NaN outside", () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)]).toEqual([-Infinity, Infinity, 0]);
    expect([-0.1, 1.1, Number.NaN, Infinity, -Infinity].map(normalQuantile)).toEqual(
      Array(5).fill(Number.NaN),
    );
  });

  it("has the same bits on every machine", () => {
    expect([1e-300, 1e-12, 0.01, 0.3, 0.999].map(normalQuantile)).toMatchInlineSnapshot(`
      [
        -37.0470962993612,
        -7.034483825301132,
        -2.3263478740408408,
        -0.5244005127080407,
        3.090232306167813,
      ]
    `);
  });
});

describe("roundHalfEven", () => {
  it.each([
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, -0],
    [-1.5, -2],
    [-2.5, -2],
    [0.49999999999999994, 0],
    [-0.2, -0],
    [-0, -0],
    [4503599627370495.5, 4503599627370496],
    [4503599627370494.5, 4503599627370494],
    [4503599627370497, 4503599627370497],
    [9007199254740991, 9007199254740991],
    [-9007199254740991, -9007199254740991],
    [1e300, 1e300],
    [Number.NaN, Number.NaN],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ])("of %d is %d", (x, expected) => {
    expect(roundHalfEven(x)).toBe(expected);
  });

  it("is the nearest whole number, and odd", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        const rounded = roundHalfEven(x);
        expect(Number.isInteger(rounded)).toBe(true);
        expect(Math.abs(rounded - x)).toBeLessThanOrEqual(0.5);
        expect(roundHalfEven(-x)).toBe(-rounded);
      }),
      { seed: 1 },
    );
  });
});

describe("power", () => {
  it.each([
    [1, Number.NaN, 1],
    [1, Infinity, 1],
    [-1, Infinity, 1],
    [-1, -Infinity, 1],
    [Number.NaN, 0, 1],
    [0, 0, 1],
    [0, -1, Infinity],
    [-0, -1, -Infinity],
    [-0, 3, -0],
    [-8, 1 / 3, Number.NaN],
    [2, -2, 0.25],
    [2, Number.NaN, Number.NaN],
    [-Infinity, 3, -Infinity],
    [0.5, Infinity, 0],
  ])("of %d to %d is %d, as C's pow", (x, y, expected) => {
    expect(power(x, y)).toBe(expected);
  });
});

describe("integerPower", () => {
  it("wraps round at 32 bits as products do", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(70), (x, y) => {
        expect(integerPower(x, y) | 0).toBe(Number(BigInt.asIntN(32, BigInt(x) ** BigInt(y))));
      }),
      { seed: 3 },
    );
  });

  it.each([
    [0, 0, 1],
    [0, -1, 0],
    [1, -5, 1],
    [-1, -5, -1],
    [-1, -4, 1],
    [2, -1, 0],
    [-1, 2147483647, -1],
    [1, -2147483648, 1],
  ])("of %d to %d is %d", (x, y, expected) => {
    expect(integerPower(x, y)).toBe(expected);
  });
});

describe("floorRemainder", () => {
  // Python's math: x - y·floor(x / y).
  it.each([
    [7, 3, 1],
    [-7, 3, 2],
    [7, -3, -2],
    [-7, -3, -1],
    [5.5, 2, 1.5],
    [-1e-17, 1, 1],
    [6, 3, 0],
    [1, 0, Number.NaN],
    [Infinity, 2, Number.NaN],
    [5, Infinity, 5],
    [-5, Infinity, Infinity],
    [Number.NaN, 2, Number.NaN],
  ])("of %d by %d is %d", (x, y, expected) => {
    expect(floorRemainder(x, y)).toBe(expected);
  });

  it("has the sign of the divisor and stays below it", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -20, max: 20 }), (x, y) => {
        fc.pre(y !== 0);
        const remainder = floorRemainder(x, y);
        expect(Number.isInteger((x - remainder) / y)).toBe(true);
        expect(remainder === 0 || remainder < 0 === y < 0).toBe(true);
        expect(Math.abs(remainder)).toBeLessThan(Math.abs(y));
      }),
      { seed: 2 },
    );
  });
});
