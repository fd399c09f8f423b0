import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LayoutGraph, layeredLayout } from "./layered-layout.ts";

const size = { width: 100, height: 50 };

const graphs = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }).map((pairs): LayoutGraph => {
    const edges = pairs
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    return { sizes: Array.from({ length: count }, () => size), edges };
  }),
);

describe("layeredLayout", () => {
  it("draws every edge downward, and no node over another", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { x, y, width, height } = layeredLayout(graph);
        for (const { from, to } of graph.edges) expect(y[to]).toBeGreaterThan(y[from] ?? 0);
        for (let a = 0; a < x.length; a++) {
          expect((x[a] ?? 0) - 50).toBeGreaterThanOrEqual(-1e-6);
          expect((x[a] ?? 0) + 50).toBeLessThanOrEqual(width + 1e-6);
          expect((y[a] ?? 0) + 25).toBeLessThanOrEqual(height + 1e-6);
          for (let b = 0; b < a; b++) {
            if (y[a] === y[b]) expect(Math.abs((x[a] ?? 0) - (x[b] ?? 0))).toBeGreaterThanOrEqual(100);
          }
        }
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it("gives the same graph the same coordinates", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(layeredLayout(graph)).toEqual(layeredLayout(graph));
      }),
      { seed: 5 },
    );
  });

  it("puts a chain in one column, and an input beside its reader rather than at the top", () => {
    const chain = [0, 1, 2, 3].map((from) => ({ from, to: from + 1 }));
    const { x, y } = layeredLayout({
      sizes: Array.from({ length: 6 }, () => size),
      edges: [...chain, { from: 5, to: 4 }].filter(({ from }) => from < 4),
    });
    expect(new Set([...x].slice(0, 4)).size).toBe(1);
    const late = layeredLayout({
      sizes: [size, size, size, size],
      edges: [
        { from: 0, to: 2 },
        { from: 2, to: 3 },
        { from: 1, to: 3 },
      ],
    });
    expect(late.y[1]).toBe(late.y[2]);
    expect(y[1]).toBeGreaterThan(y[0] ?? 0);
  });

  it("lays out nothing", () => {
    expect(layeredLayout({ sizes: [], edges: [] })).toMatchObject({ width: 0, height: 0 });
  });
});
