import { describe, expect, it } from "vitest";
import { type CardGraph, layoutCards } from "./graph-layout.ts";

const size = { width: 100, height: 50 };

describe("layoutCards", () => {
  // A diamond, and an input of its end: 0 → 1, 0 → 2, 1 → 4, 2 → 4, 3 → 4.
  const graph: CardGraph = {
    sizes: [size, size, size, size, size],
    edges: [
      { from: 0, to: 1 },
      { from: 0, to: 2 },
      { from: 1, to: 4 },
      { from: 2, to: 4 },
      { from: 3, to: 4 },
    ],
  };

  it("draws every edge downward, no card over another, and nothing outside", () => {
    const { x, y, width, height } = layoutCards(graph);
    for (const { from, to } of graph.edges) expect(y[to]).toBeGreaterThan(y[from] ?? 0);
    for (let a = 0; a < x.length; a++) {
      expect((x[a] ?? 0) - 50).toBeGreaterThanOrEqual(-1e-9);
      expect((x[a] ?? 0) + 50).toBeLessThanOrEqual(width + 1e-9);
      expect((y[a] ?? 0) - 25).toBeGreaterThanOrEqual(-1e-9);
      expect((y[a] ?? 0) + 25).toBeLessThanOrEqual(height + 1e-9);
      for (let b = 0; b < a; b++) {
        const apart = Math.abs((x[a] ?? 0) - (x[b] ?? 0)) >= 100 || Math.abs((y[a] ?? 0) - (y[b] ?? 0)) >= 50;
        expect(apart, `${a} and ${b}`).toBe(true);
      }
    }
  });

  it("gives the same graph the same coordinates, and lays out nothing", () => {
    expect(layoutCards(graph)).toEqual(layoutCards(graph));
    expect(layoutCards({ sizes: [], edges: [] })).toMatchObject({ width: 0, height: 0 });
  });
});
