import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spread } from "./isotonic.ts";

describe("spread", () => {
  it("leaves what has room exactly where it wants to be, and parts the others around their mean", () => {
    expect([...spread([0, 0, 9], [1, 1, 1], [2, 2])]).toEqual([-1, 1, 9]);
    expect([...spread([0.1, 5.3], [1, 1], [2])]).toEqual([0.1, 5.3]);
    expect([...spread([], [], [])]).toEqual([]);
  });

  it("moves the lighter ones", () => {
    expect([...spread([0, 0], [3, 1], [4])]).toEqual([-1, 3]);
  });

  const row = fc.integer({ min: 1, max: 8 }).chain((n) =>
    fc.record({
      desired: fc.array(fc.integer({ min: -50, max: 50 }), { minLength: n, maxLength: n }),
      weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: n, maxLength: n }),
      gaps: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: n, maxLength: n }),
      slack: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: n, maxLength: n }),
      first: fc.integer({ min: -90, max: 50 }),
    }),
  );

  it("keeps the gaps, costs no more than any other places that keep them, and gives the same places again", () => {
    const law = fc.property(row, ({ desired, weights, gaps, slack, first }) => {
      const places = spread(desired, weights, gaps);
      const cost = (at: ArrayLike<number>): number =>
        weights.reduce((sum, weight, i) => sum + weight * ((at[i] ?? 0) - (desired[i] ?? 0)) ** 2, 0);
      const others = [first];
      for (let i = 1; i < desired.length; i++) {
        expect((places[i] ?? 0) - (places[i - 1] ?? 0)).toBeGreaterThanOrEqual((gaps[i - 1] ?? 0) - 1e-9);
        others.push((others[i - 1] ?? 0) + (gaps[i - 1] ?? 0) + (slack[i] ?? 0));
      }
      expect(cost(places)).toBeLessThanOrEqual(cost(others) + 1e-9);
      expect(spread(places, weights, gaps)).toEqual(places);
    });
    fc.assert(law, { seed: 1, numRuns: 300 });
  });
});
