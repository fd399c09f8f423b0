import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostSnapshots, SnapshotSchedule, snapshotSteps } from "./snapshot-steps.ts";

/** The steps that a schedule keeps after so many. */
function keptAfter(steps: number, planned: number | null = null): readonly number[] {
  const schedule = new SnapshotSchedule(planned);
  for (let step = 0; step < steps; step++) schedule.advance();
  return schedule.kept;
}

describe("snapshotSteps", () => {
  it("keeps every step of a short run", () => {
    expect(snapshotSteps(0)).toEqual([]);
    expect(snapshotSteps(5)).toEqual([1, 2, 3, 4, 5]);
    expect(snapshotSteps(63)).toHaveLength(63);
  });

  it("keeps four in each octave of four epochs of MNIST", () => {
    const kept = snapshotSteps(3376);
    expect(kept.slice(0, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16]);
    expect(kept.slice(-4)).toEqual([1723, 2048, 2436, 2897]);
    expect(kept).toHaveLength(42);
  });

  it("keeps powers of two alone of the longest run", () => {
    expect(snapshotSteps(Number.MAX_SAFE_INTEGER)).toEqual(Array.from({ length: 53 }, (_, i) => 2 ** i));
  });

  it("keeps 32 to 63 of 64 steps and more, the first among them, with gaps below half an octave of the density", () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 2 ** 31 }), (steps) => {
        const kept = snapshotSteps(steps);
        expect(kept.length).toBeLessThan(mostSnapshots);
        expect(kept.length).toBeGreaterThanOrEqual(32);
        expect(kept[0]).toBe(1);
        // The density m shows in the last whole octave: 2^(1/m) is the largest ratio there, up to the ceiling.
        const top = 2 ** Math.floor(Math.log2(steps));
        const density = kept.filter((step) => step > top / 2 && step <= top).length;
        for (const [i, step] of kept.entries()) {
          const next = kept[i + 1] ?? steps;
          expect(next).toBeLessThanOrEqual(Math.ceil(step * 2 ** (1 / Math.min(density, 64))));
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("drops steps as a run grows, and never wants one back", () => {
    let before = snapshotSteps(1);
    for (let steps = 2; steps <= 1500; steps++) {
      const kept = snapshotSteps(steps);
      expect(kept.filter((step) => step < steps && !before.includes(step))).toEqual([]);
      before = kept;
    }
  });
});

describe("SnapshotSchedule", () => {
  it("keeps step by step what snapshotSteps says of the whole", () => {
    const schedule = new SnapshotSchedule();
    const held = new Set<number>();
    for (let step = 1; step <= 1500; step++) {
      const { keep, drop } = schedule.advance();
      for (const old of drop) expect(held.delete(old)).toBe(true);
      if (keep) held.add(step);
      expect([...held]).toEqual(snapshotSteps(step));
    }
  });

  it("writes nothing in a planned run that it would drop again", () => {
    const schedule = new SnapshotSchedule(3376);
    const changes = Array.from({ length: 3376 }, () => schedule.advance());
    expect(changes.flatMap(({ drop }) => drop)).toEqual([]);
    expect(changes.flatMap(({ keep }, i) => (keep ? [i + 1] : []))).toEqual(snapshotSteps(3376));
  });

  it("thins out a run that is longer than planned", () => {
    expect(keptAfter(3376, 100)).toEqual(snapshotSteps(3376));
    expect(keptAfter(10, 3376)).toEqual(snapshotSteps(3376).filter((step) => step <= 10));
  });
});
