/** A drawing of 28 × 28 bytes, 0 paper to 255 ink as MNIST has them, and the brush that makes it. */

/** Height and width of a drawing. */
export const side = 28;
/** How many bytes a drawing has, row by row. */
export const pixelCount: number = side * side;

/** A point of the pad in pixels from its upper left corner: the middle of the first pixel is (0.5, 0.5). */
export interface PadPoint {
  readonly x: number;
  readonly y: number;
}

/** What the brush is. */
export interface Brush {
  /** Half the width of a line, in pixels, out to where the ink is half of full. */
  readonly radius: number;
  /** Take ink away instead. */
  readonly erases: boolean;
}

/** Over so many pixels the ink fades from full to none. */
const softness = 1.2;

/** So many strokes can be taken back. */
const undoLimit = 200;

/**
 * Draws a line from `from` to `to` into `ink`; a point where they are the same.
 *
 * A pixel gets min(1, max(0, (radius − d)/1.2 + ½)) of full ink, d the distance from its middle to the line, and keeps what
 * it has if that is more: to go over a line again does not blacken it.
 */
export function drawLine(ink: Uint8Array, from: PadPoint, to: PadPoint, { radius, erases }: Brush): void {
  const reach = radius + softness;
  const rows = within(Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach);
  const columns = within(Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach);
  for (let row = rows.first; row <= rows.last; row++) {
    for (let column = columns.first; column <= columns.last; column++) {
      const d = distance({ x: column + 0.5, y: row + 0.5 }, from, to);
      const amount = Math.round(255 * Math.min(1, Math.max(0, (radius - d) / softness + 0.5)));
      const at = row * side + column;
      const before = ink[at] ?? 0;
      ink[at] = erases ? Math.min(before, 255 - amount) : Math.max(before, amount);
    }
  }
}

function within(low: number, high: number): { readonly first: number; readonly last: number } {
  return { first: Math.max(0, Math.floor(low)), last: Math.min(side - 1, Math.floor(high)) };
}

/** From a point to the nearest of a segment. */
function distance(point: PadPoint, from: PadPoint, to: PadPoint): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / square;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy);
}

/** A drawing that remembers what it was before each stroke. */
export class Drawing {
  readonly ink: Uint8Array = new Uint8Array(pixelCount);
  #before: Uint8Array[] = [];

  /** A stroke begins, or whatever else shall be taken back as one. */
  begin(): void {
    this.#before = [...this.#before, this.ink.slice()].slice(-undoLimit);
  }

  /** A piece of a stroke. */
  line(from: PadPoint, to: PadPoint, brush: Brush): void {
    drawLine(this.ink, from, to, brush);
  }

  /** Takes another picture in place of this one; it can be taken back. */
  replace(ink: Uint8Array): void {
    this.begin();
    this.ink.set(ink.subarray(0, pixelCount));
  }

  /** Paper alone; it can be taken back. */
  clear(): void {
    this.replace(new Uint8Array(pixelCount));
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  /** As it was before the last `begin`. */
  undo(): void {
    const before = this.#before.at(-1);
    if (before === undefined) return;
    this.#before = this.#before.slice(0, -1);
    this.ink.set(before);
  }

  get empty(): boolean {
    return this.ink.every((byte) => byte === 0);
  }
}
