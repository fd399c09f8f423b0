import { describe, expect, it } from "vitest";
import { cardSize } from "./graph-layout.ts";
import { labelPlace, PathText, traceLine } from "./line-path.ts";
import type { Line } from "./scene.ts";

const half = cardSize.height / 2;
const places = { x: Float64Array.of(0, 300), y: Float64Array.of(0, 400) };
const base: Line = {
  from: 0,
  to: 1,
  tracked: true,
  keys: [],
  aside: false,
  port: 10,
  bends: new Float64Array(),
};

function path(line: Line, straight = false): string {
  const way = new PathText();
  traceLine(way, line, places, straight);
  return way.text;
}

describe("traceLine", () => {
  it("goes from the lower edge of one card to the port in the upper edge of another", () => {
    expect(path(base, true)).toBe(`M0,${half}L310,${400 - half}`);
    expect(path(base)).toBe(`M0,${half}C0,200 310,200 310,${400 - half}`);
  });

  it("passes a row's cards straight down at its bends", () => {
    const bent = { ...base, bends: Float64Array.of(120, 200) };
    expect(path(bent)).toContain(`120,${200 - half}L120,${200 + half}C`);
    expect(path(bent, true)).toBe(`M0,${half}L120,${200 - half}L310,${400 - half}`);
  });

  it("leaves a card that is drawn aside by its right side", () => {
    expect(path({ ...base, aside: true }, true)).toBe(`M${cardSize.width / 2},0L310,${400 - half}`);
  });

  it("has its label between the card and the first bend", () => {
    expect(labelPlace(base, places)).toEqual({ x: 155, y: 200 });
    const bent = { ...base, bends: Float64Array.of(120, 200) };
    expect(labelPlace(bent, places)).toEqual({ x: 60, y: 100 });
  });
});
