// Small images as PNG data URIs. Paper is transparent and ink is opacity, so that one file suits light and dark pages.
import { encode } from "fast-png";

/** Colours of the diverging map, as red, green, blue from 0 to 255: the style sheet repeats them in its legend. */
export const divergingColors = { negative: [201, 84, 28], positive: [37, 99, 201] } as const;

/**
 * A digit: black ink whose opacity is the pixel.
 *
 * @param pixels `[side, side]`, 0 paper to 255 ink
 * @returns a `data:image/png` URI
 */
export function digitImage(pixels: Uint8Array, side: number): string {
  const data = new Uint8Array(pixels.length * 2);
  for (const [index, ink] of pixels.entries()) data[2 * index + 1] = ink;
  return dataUri(encode({ width: side, height: side, data, channels: 2, depth: 8 }));
}

/**
 * A unit's weights: blue for positive, orange for negative, opacity |w|/scale, clipped at 1; zero is transparent.
 *
 * @param weights `[side, side]`
 * @param scale the magnitude drawn in full colour
 * @returns a `data:image/png` URI
 */
export function weightImage(weights: Float32Array, side: number, scale: number): string {
  const data = new Uint8Array(weights.length * 4);
  for (const [index, weight] of weights.entries()) {
    const color = weight < 0 ? divergingColors.negative : divergingColors.positive;
    const opacity = Math.min(1, Math.abs(weight) / scale) || 0;
    data.set([...color, Math.round(255 * opacity)], 4 * index);
  }
  return dataUri(encode({ width: side, height: side, data, channels: 4, depth: 8 }));
}

function dataUri(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString("base64")}`;
}
