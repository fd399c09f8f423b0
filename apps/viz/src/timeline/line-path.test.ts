import { expect, it } from "vitest";
import { linePath } from "./line-path.ts";

const frame = { width: 100, height: 10, across: (x: number) => x / 10, up: (y: number) => y };

it("a line goes through its points, from the lower left", () => {
  expect(linePath([0, 5, 10], [0, 1, 0.5], frame)).toBe("M0,10L50,0L100,5");
});

it("what is not finite breaks the line, and a point alone is a dot", () => {
  const ys = [0, 1, Number.NaN, 1, Number.POSITIVE_INFINITY, 0, 0];
  expect(linePath([0, 1, 2, 3, 4, 5, 6], ys, frame)).toBe("M0,10L10,0M30,0h0M50,10L60,10");
  expect(linePath([], [], frame)).toBe("");
});

it("many points in a column of pixels are drawn by first, lowest, highest and last", () => {
  const many = Array.from({ length: 1000 }, (_, i) => i / 100);
  const peak = many.map((_, i) => (i === 503 ? 1 : 0.5));
  const path = linePath(many, peak, frame);
  expect(path.split("L").length).toBeLessThanOrEqual(4 * 100);
  expect(path).toContain("50.3,0L");
});
