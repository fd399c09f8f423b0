/** Which of many boxes of one size lie in a rectangle or under a point: a grid of their middles. */
import type { Bounds } from "./scene.ts";

/** A grid over boxes whose middles are given once. */
export class BoxIndex {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #cells: Map<number, number[]> = new Map();

  constructor(x: Float64Array, y: Float64Array, size: { readonly width: number; readonly height: number }) {
    this.#x = x;
    this.#y = y;
    this.#size = size;
    for (let i = 0; i < x.length; i++) {
      const key = cellKey(this.#column(x[i] ?? 0), this.#row(y[i] ?? 0));
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [i]);
      else cell.push(i);
    }
  }

  /** The last box, which is drawn above the others, that covers the point; −1 for none. */
  at(x: number, y: number): number {
    return this.within({ left: x, right: x, top: y, bottom: y }).at(-1) ?? -1;
  }

  /** The boxes that the rectangle touches, in their order. */
  within({ left, top, right, bottom }: Bounds): number[] {
    const { width, height } = this.#size;
    const [halfWidth, halfHeight] = [width / 2, height / 2];
    const columns = [this.#column(left - halfWidth), this.#column(right + halfWidth)] as const;
    const rows = [this.#row(top - halfHeight), this.#row(bottom + halfHeight)] as const;
    const touches = (i: number): boolean => {
      const [x, y] = [this.#x[i] ?? 0, this.#y[i] ?? 0];
      return (
        x + halfWidth >= left && x - halfWidth <= right && y + halfHeight >= top && y - halfHeight <= bottom
      );
    };
    const cells = (columns[1] - columns[0] + 1) * (rows[1] - rows[0] + 1);
    // A rectangle larger than the grid asks each box.
    if (!(cells < this.#cells.size)) return Array.from(this.#x.keys()).filter(touches);
    const found: number[] = [];
    for (let row = rows[0]; row <= rows[1]; row++) {
      for (let column = columns[0]; column <= columns[1]; column++) {
        for (const i of this.#cells.get(cellKey(column, row)) ?? []) if (touches(i)) found.push(i);
      }
    }
    return found.sort((a, b) => a - b);
  }

  #column(x: number): number {
    return Math.floor(x / (2 * this.#size.width));
  }

  #row(y: number): number {
    return Math.floor(y / (2 * this.#size.height));
  }
}

/** One number for each cell of a scene up to 2²⁶ cells wide and high. */
function cellKey(column: number, row: number): number {
  return row * 2 ** 26 + column;
}
