/**
 * Colours of weights: a scale that is symmetric about 0, so that a weight and its negative are equally strong, and
 * linear, so that twice the colour is twice the weight. Colours come from the page's styles: light and dark have their own.
 */

/** How many colours there are on either side of the one for 0. */
export const weightShades = 127;

/**
 * −127 to 127: the shade of a weight on a scale from −`largest` to `largest`, sign(x) · round(127 · |x| / largest), so
 * that 0 has the middle one. Beyond the ends the last; null for what is no finite number, which has a colour of its own.
 */
export function weightShade(x: number, largest: number): number | null {
  if (!Number.isFinite(x)) return null;
  if (x === 0 || largest === 0) return 0;
  // The magnitude is rounded, since Math.round takes halves up, whatever their sign.
  const shade = Math.min(weightShades, Math.round((Math.abs(x) / largest) * weightShades));
  return x < 0 ? -shade : shade;
}

/** A colour's red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rrggbb` as its three bytes. @throws {RangeError} for any other text. */
export function rgbOf(text: string): Rgb {
  const found = /^#([0-9a-f]{6})$/i.exec(text.trim());
  if (found === null) throw new RangeError(`[rgbOf] "${text}" is no colour like #0b6170. Mend colours.css.`);
  const value = Number.parseInt(found[1] ?? "", 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * The bytes of all shades from −127 to 127, red first, as pixels of an image hold them.
 *
 * @param stops colours at equal distances from −largest to largest, at least two; the middle one of an odd number is 0's.
 * @returns `[255]` pixels; shade s is at s + 127.
 */
export function shadePixels(stops: readonly Rgb[]): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * (2 * weightShades + 1));
  for (let i = 0; i <= 2 * weightShades; i++) {
    const place = (i / (2 * weightShades)) * (stops.length - 1);
    const left = Math.min(Math.floor(place), stops.length - 2);
    const [a, b] = [stops[left], stops[left + 1]];
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [a?.[channel] ?? 0, b?.[channel] ?? 0];
      bytes[4 * i + channel] = from + (place - left) * (to - from);
    }
    bytes[4 * i + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

/** How the first layer's weights are shown: an image for each unit, or all units as the rows of one picture. */
export interface WeightLayout {
  /** How many images, and the rows and columns of pixels of each. Pixel p of image i is weight i · rows · columns + p. */
  readonly images: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * A weight `[out, in]` as pictures: one of √in × √in for each of `out` units where `in` is a square of at least 16, as
 * 784 = 28²; else one picture of `out` rows.
 */
export function weightLayout([units = 1, inputs = 1]: readonly number[]): WeightLayout {
  const side = Math.round(Math.sqrt(inputs));
  if (side >= 4 && side * side === inputs) return { images: units, rows: side, columns: side };
  return { images: 1, rows: units, columns: inputs };
}
