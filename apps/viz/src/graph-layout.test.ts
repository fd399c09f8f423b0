import { layout } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { cardSize, layoutInput, placesOf, questionOf, renameLayout } from "./graph-layout.ts";
import { digitsProgram } from "./programs/digits.ts";
import { recordStep } from "./programs/program.ts";
import { visibleGraph } from "./visible-graph.ts";

const { width, height } = cardSize;

describe("the layout of what is visible", () => {
  const trace = recordStep(digitsProgram(4, 0), 0, {});
  const graph = visibleGraph(trace, new Set());
  const question = questionOf(graph, null);
  const found = layout(layoutInput(question));
  const places = placesOf(question, found);
  const { x, y } = places;

  it("draws every edge downward and no card over another", () => {
    expect(graph.edges.length).toBeGreaterThan(10);
    for (const { from, to } of graph.edges) expect(y[to]).toBeGreaterThan(y[from] ?? 0);
    for (let a = 0; a < x.length; a++) {
      for (let b = 0; b < a; b++) {
        const [dx, dy] = [Math.abs((x[a] ?? 0) - (x[b] ?? 0)), Math.abs((y[a] ?? 0) - (y[b] ?? 0))];
        expect(dx >= width - 1e-9 || dy >= height - 1e-9, `${a} and ${b}`).toBe(true);
      }
    }
  });

  it("has a frame around the cards of each open module, and no other card in it", () => {
    expect(places.frames.map(({ key }) => key).sort()).toEqual(
      graph.modules.map(({ id }) => `s${id}`).sort(),
    );
    for (const module of graph.modules) {
      const frame = places.frames.find(({ key }) => key === `s${module.id}`);
      const isInside = (i: number): boolean =>
        frame !== undefined &&
        (x[i] ?? 0) > frame.left &&
        (x[i] ?? 0) < frame.left + frame.width &&
        (y[i] ?? 0) > frame.top &&
        (y[i] ?? 0) < frame.top + frame.height;
      for (const [i, node] of graph.nodes.entries()) {
        let at = graph.modules.find(({ id }) => id === node.module);
        while (at !== undefined && at.id !== module.id)
          at = graph.modules.find(({ id }) => id === at?.parent);
        expect(isInside(i), `${node.key} in ${module.kind}`).toBe(at !== undefined);
      }
    }
  });

  it("gives each edge its own bends", () => {
    const long = graph.edges.map((_, e) => (places.bendStarts[e + 1] ?? 0) - (places.bendStarts[e] ?? 0));
    expect(long.some((count) => count > 0)).toBe(true);
    for (const [edge, { from, to }] of graph.edges.entries()) {
      for (let k = places.bendStarts[edge] ?? 0; k < (places.bendStarts[edge + 1] ?? 0); k += 2) {
        expect(places.bends[k + 1]).toBeGreaterThan(y[from] ?? 0);
        expect(places.bends[k + 1]).toBeLessThan(y[to] ?? 0);
      }
    }
  });

  it("is the same from its own answer under other names, but for what has no name any more", () => {
    const names = new Map(question.keys.slice(1).map((key) => [key, `${key}0`]));
    const renamed = renameLayout(found, names);
    expect(renamed.nodes.size).toBe(found.nodes.size - 1);
    for (const [id, name] of names) expect(renamed.nodes.get(name)).toEqual(found.nodes.get(id));
    for (const key of renamed.routes.keys()) {
      expect(key.split("→").every((id) => [...names.values()].includes(id))).toBe(true);
    }
    expect(renamed.routes.size).toBeGreaterThan(0);
  });

  it("lays out nothing", () => {
    const nothing = questionOf({ nodes: [], edges: [], modules: [] }, null);
    expect(placesOf(nothing, layout(layoutInput(nothing))).x).toHaveLength(0);
  });
});
