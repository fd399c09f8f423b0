/** Pictures of 28 × 28: ink, and gradients with the ink's outline over them. */
import { side } from "../draw/drawing.ts";
import { colourClass } from "../palette.ts";
import { html } from "./dom.ts";

/** A canvas for a picture; `scale` canvas pixels to each of the picture's. */
export function pictureCanvas(scale: number, label: string): HTMLCanvasElement {
  const canvas = html("canvas", { role: "img", "aria-label": label });
  canvas.width = side * scale;
  canvas.height = side * scale;
  return canvas;
}

/** The page's colour with this name, as it is now. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Red, green and blue of `#rrggbb`. */
function channels(name: string): readonly [number, number, number] {
  const value = Number.parseInt(colour(name).slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Paints `amounts`, 0 (paper) to `most` (ink), one canvas pixel each. */
export function paintInk(canvas: HTMLCanvasElement, amounts: ArrayLike<number>, most: number): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const [paper, ink] = [channels("surface"), channels("ink")];
  const image = context.createImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    const t = (amounts[i] ?? 0) / most;
    for (const c of [0, 1, 2] as const) image.data[4 * i + c] = paper[c] + (ink[c] - paper[c]) * t;
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/**
 * Paints `gradients` in the diverging colours, symmetric about 0 and saturated at ±`largest`, and over them the outline of
 * where `ink` is at least half.
 *
 * @param canvas as `pictureCanvas` makes it, of a scale of at least 4.
 */
export function paintGradient(
  canvas: HTMLCanvasElement,
  gradients: ArrayLike<number>,
  largest: number,
  ink: ArrayLike<number>,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const scale = canvas.width / side;
  const colours = new Map<string, string>();
  for (let i = 0; i < side * side; i++) {
    const name = colourClass("gradient", gradients[i] ?? Number.NaN, largest);
    const known = colours.get(name) ?? colour(name);
    colours.set(name, known);
    context.fillStyle = known;
    context.fillRect((i % side) * scale, Math.floor(i / side) * scale, scale, scale);
  }
  context.beginPath();
  const inside = (row: number, column: number): boolean =>
    row >= 0 && row < side && column >= 0 && column < side && (ink[row * side + column] ?? 0) >= 0.5;
  for (let row = 0; row <= side; row++) {
    for (let column = 0; column <= side; column++) {
      const [x, y] = [column * scale, row * scale];
      if (inside(row, column) !== inside(row - 1, column)) {
        context.moveTo(x, y);
        context.lineTo(x + scale, y);
      }
      if (inside(row, column) !== inside(row, column - 1)) {
        context.moveTo(x, y);
        context.lineTo(x, y + scale);
      }
    }
  }
  context.strokeStyle = colour("ink");
  context.lineWidth = scale / 4;
  context.lineCap = "square";
  context.stroke();
}
