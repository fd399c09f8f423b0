import { describe, expect, it } from "vitest";
import { frameShapes, lineLook } from "./graph-shapes.ts";
import type { Line } from "./scene.ts";
import type { LineState } from "./scene-state.ts";

const line: Line = {
  from: 0,
  to: 1,
  tracked: true,
  keys: [],
  aside: false,
  port: 0,
  bends: new Float64Array(),
};
const state: LineState = { stage: "none", strength: 0, tainted: false, near: false, contributions: [] };

describe("lineLook", () => {
  it("is thicker for a larger contribution, and for the latest", () => {
    const widths = [0, 0.5, 1].map(
      (strength) => lineLook(line, { ...state, stage: "flowed", strength }).width,
    );
    expect(widths).toEqual([1.4, 2.9, 4.4]);
    expect(lineLook(line, { ...state, stage: "now", strength: 1 }).width).toBe(7);
  });

  it("tells taint by dashes as well as by colour, and what needs no gradient by dots", () => {
    expect(lineLook(line, { ...state, tainted: true })).toMatchObject({ stroke: "bad", dash: [12, 6] });
    expect(lineLook({ ...line, tracked: false }, state).dash).toEqual([2, 5]);
    expect(lineLook(line, state).dash).toEqual([]);
  });

  it("holds back what comes from aside, but for the chosen card", () => {
    const aside = { ...line, aside: true };
    expect(lineLook(aside, state).opacity).toBeLessThan(1);
    expect(lineLook(aside, { ...state, near: true }).opacity).toBe(1);
  });
});

describe("frameShapes", () => {
  it("has its name above the middle of what runs first, and inside the frame", () => {
    const frame = { key: "s1", left: 0, top: 0, width: 300, height: 200, scope: 1, title: "0 · Linear" };
    const nameAt = (handle: number): number => {
      const name = frameShapes({ ...frame, handle }).name.find(({ shape }) => shape === "text");
      return name?.shape === "text" ? name.x : Number.NaN;
    };
    expect(nameAt(150)).toBe(150);
    expect(nameAt(0)).toBeGreaterThan(50);
    expect(nameAt(300)).toBeLessThan(250);
  });
});
