/** Entries as coloured pixels. */
import { colourClass, gradientStep, gradientSteps, valueStep, valueSteps } from "../palette.ts";

/** Colours one pixel of `canvas` for each of `values`, on a scale that ends at `largest`. */
export function paintCells(
  canvas: HTMLCanvasElement,
  values: ArrayLike<number>,
  scale: "value" | "gradient",
  largest: number,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const style = getComputedStyle(document.documentElement);
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  // Asking the style for each of 25,000 cells takes a tenth of a second, and as long to fill them one by one.
  const colour = (name: string): number => pixelOf(style.getPropertyValue(`--${name}`));
  const bad = colour(colourClass(scale, Number.NaN, largest));
  const [lowest, highest] = scale === "gradient" ? [-gradientSteps, gradientSteps] : [0, valueSteps];
  const letter = scale === "gradient" ? "g" : "v";
  const colours = Uint32Array.from({ length: highest - lowest + 1 }, (_, i) => colour(letter + (lowest + i)));
  const stepOf = scale === "gradient" ? gradientStep : valueStep;
  for (let i = 0; i < pixels.length; i++) {
    const x = values[i] ?? Number.NaN;
    pixels[i] = Number.isFinite(x) ? (colours[stepOf(x, largest) - lowest] ?? bad) : bad;
  }
  context.putImageData(image, 0, 0);
}

/** `#rrggbb` as the four bytes of a pixel, red first. */
function pixelOf(colour: string): number {
  const value = Number.parseInt(colour.trim().slice(1), 16);
  const bytes = Uint8Array.of(value >> 16, value >> 8, value, 255);
  return new Uint32Array(bytes.buffer)[0] ?? 0;
}
