import { expect, it } from "vitest";
import { colourClass, colourClasses } from "./palette.ts";

it("the gradients' scale is symmetric about 0, and 0 alone is in its middle", () => {
  const names = (x: number): string => colourClass("gradient", x, 1);
  expect([-1, -0.3, -1e-9, 0, 1e-9, 0.3, 1].map(names)).toEqual([
    "g-5",
    "g-3",
    "g-1",
    "g0",
    "g1",
    "g3",
    "g5",
  ]);
});

it("values are coloured by magnitude", () => {
  expect([-1, 0, 0.01, 2].map((x) => colourClass("value", x, 1))).toEqual(["v5", "v0", "v1", "v5"]);
});

it("what is no finite number stands out on both scales", () => {
  for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect([colourClass("value", x, 1), colourClass("gradient", x, 1)]).toEqual(["bad", "bad"]);
  }
});

it("the scales list all their names", () => {
  expect(colourClasses("value")).toEqual(["v0", "v1", "v2", "v3", "v4", "v5"]);
  expect(colourClasses("gradient").at(0)).toBe("g-5");
  expect(colourClasses("gradient")).toHaveLength(11);
});
