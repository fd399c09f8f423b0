import { describe, expect, it } from "vitest";
import { GraphWalk } from "./graph-walk.ts";
import type { Card, Line, Scene } from "./scene.ts";

const card = (key: string, x: number, y: number, tracked = true): Card => {
  return { key, x, y, kind: "op", title: key, detail: "", tracked, value: null };
};
const line = (from: number, to: number): Line => {
  return { from, to, tracked: true, keys: [], aside: false, port: 0, bends: new Float64Array() };
};

describe("GraphWalk", () => {
  // a and b into c, c into d and e; around c a frame, stop 5.
  const cards = [
    card("a", 0, 0),
    card("b", 100, 0),
    card("c", 40, 200),
    card("d", 0, 400),
    card("e", 100, 400, false),
  ];
  const frame = { key: "s1", left: -80, top: 130, width: 240, height: 140, handle: 40, scope: 1, title: "f" };
  const scene: Scene = {
    graph: { nodes: [], edges: [], modules: [] },
    cards,
    lines: [line(0, 2), line(1, 2), line(2, 3), line(2, 4)],
    frames: [frame],
    bounds: { left: 0, top: 0, right: 0, bottom: 0 },
  };
  const walk = new GraphWalk(scene);

  it("goes up to the nearest input and down to the nearest consumer, first to what has a gradient", () => {
    expect(walk.from(2, "up")).toBe(0);
    expect(walk.from(2, "down")).toBe(3);
    expect(walk.from(0, "down")).toBe(2);
  });

  it("ends where there is no edge", () => {
    expect(walk.from(0, "up")).toBeNull();
    expect(walk.from(3, "down")).toBeNull();
  });

  it("goes through all cards and frames row by row", () => {
    const way: number[] = [];
    for (let at: number | null = 0; at !== null; at = walk.from(at, "forth")) way.push(at);
    expect(way).toEqual([0, 1, 5, 2, 3, 4]);
    expect(walk.from(4, "back")).toBe(3);
    expect(walk.from(0, "back")).toBeNull();
  });

  it("goes from a frame's name down into it", () => {
    expect(walk.from(5, "down")).toBe(2);
    expect(walk.from(5, "up")).toBeNull();
  });
});
