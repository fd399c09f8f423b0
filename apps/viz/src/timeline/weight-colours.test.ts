import { expect, it } from "vitest";
import { rgbOf, shadePixels, weightLayout, weightShade, weightShades } from "./weight-colours.ts";

it("the scale is symmetric about 0, linear, and 0 alone has the middle", () => {
  for (const x of [0.001, 0.1, 0.25, 0.3, 1, 7]) {
    expect(weightShade(-x, 0.3)).toBe(-(weightShade(x, 0.3) ?? Number.NaN));
  }
  expect(weightShade(0.15, 0.3)).toBe(64);
  expect(weightShade(0.3, 0.3)).toBe(127);
  expect(weightShade(7, 0.3)).toBe(127);
  expect(weightShade(-0, 0.3)).toBe(0);
  expect(weightShade(0, 0)).toBe(0);
});

it("what is no finite number has no shade", () => {
  for (const x of [Number.NaN, Number.POSITIVE_INFINITY]) expect(weightShade(x, 1)).toBe(null);
});

it("shades go through their stops", () => {
  const pixels = shadePixels([rgbOf("#000000"), rgbOf("#ffffff"), rgbOf("#ff0000")]);
  const bytes = new Uint8Array(pixels.buffer);
  const at = (shade: number): number[] => [
    ...bytes.slice(4 * (shade + weightShades), 4 * (shade + weightShades + 1)),
  ];
  expect(pixels.length).toBe(255);
  expect([at(-127), at(0), at(127)]).toEqual([
    [0, 0, 0, 255],
    [255, 255, 255, 255],
    [255, 0, 0, 255],
  ]);
  expect(() => rgbOf("teal")).toThrow('[rgbOf] "teal" is no colour like #0b6170. Mend colours.css.');
});

it("units of a square number of inputs are images, others rows of one", () => {
  expect(weightLayout([32, 784])).toEqual({ images: 32, rows: 28, columns: 28 });
  expect(weightLayout([4, 2])).toEqual({ images: 1, rows: 4, columns: 2 });
});
