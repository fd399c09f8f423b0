/**
 * A drawing made like the pictures of MNIST: "size normalized to fit in a 20x20 pixel box while preserving their aspect
 * ratio […] centered in a 28x28 image by computing the center of mass of the pixels, and translating the image so as to
 * position this point at the center of the 28x28 field" (LeCun, Cortes, Burges: The MNIST database).
 *
 * The picture is resampled once: it is scaled, and then moved by whole pixels.
 */
import { pixelCount, side } from "./drawing.ts";

/** The longer side of the box that the ink fills. */
const box = 20;

/**
 * The drawing with its ink in a 20 × 20 box and its centre of mass in the middle, as near as whole pixels of the box come; a
 * new array. A picture of MNIST comes out as it is.
 *
 * Each new pixel is the mean of the old over the square that it comes from, of at least one pixel's size; ink that would lie
 * outside is cut.
 *
 * @param ink 784 bytes, row by row.
 */
export function asMnist(ink: Uint8Array): Uint8Array {
  const made = new Uint8Array(pixelCount);
  const extent = extentOf(ink);
  if (extent === null) return made;
  const scale = Math.max(extent.height, extent.width) / box;
  const mass = centreOfMass(ink);
  const rows = footprints(extent.top, mass.y, scale);
  const columns = footprints(extent.left, mass.x, scale);
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      let sum = 0;
      for (const [r, down] of row) for (const [c, across] of column) sum += down * across * at(ink, r, c);
      made[i * side + j] = Math.round(sum);
    }
  }
  return made;
}

function at(ink: Uint8Array, row: number, column: number): number {
  return ink[row * side + column] ?? 0;
}

/** The smallest rectangle with all the ink. */
interface Extent {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

function extentOf(ink: Uint8Array): Extent | null {
  let [top, bottom, left, right] = [side, -1, side, -1];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (at(ink, row, column) === 0) continue;
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
      [left, right] = [Math.min(left, column), Math.max(right, column)];
    }
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** Σ ink · position / Σ ink, in pixels from the upper left corner. */
function centreOfMass(ink: Uint8Array): { readonly x: number; readonly y: number } {
  let [x, y, total] = [0, 0, 0];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const byte = at(ink, row, column);
      x += byte * (column + 0.5);
      y += byte * (row + 0.5);
      total += byte;
    }
  }
  return { x: x / total, y: y / total };
}

/**
 * Which old rows a new row comes from, and by what share. Row i begins at start + (i − shift) · scale, where the whole number
 * `shift` brings the centre of mass into pixel 14, where the pictures of MNIST have it.
 */
function footprints(
  start: number,
  mass: number,
  scale: number,
): (readonly [index: number, share: number])[][] {
  const width = Math.max(1, scale);
  const shift = side / 2 - Math.floor((mass - start) / scale);
  return Array.from({ length: side }, (_, i) => {
    const middle = start + (i + 0.5 - shift) * scale;
    const [low, high] = [middle - width / 2, middle + width / 2];
    const shares: [number, number][] = [];
    for (let k = Math.max(0, Math.floor(low)); k < Math.min(side, high); k++) {
      const share = Math.min(k + 1, high) - Math.max(k, low);
      if (share > 0) shares.push([k, share / width]);
    }
    return shares;
  });
}
