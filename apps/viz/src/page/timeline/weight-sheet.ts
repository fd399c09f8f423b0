/** The drawing of weights: a sheet of images on one canvas, all units or one of them large. */
import {
  rgbOf,
  shadePixels,
  type WeightLayout,
  weightShade,
  weightShades,
} from "../../timeline/weight-colours.ts";
import { html } from "../dom.ts";

/** A rectangle on the canvas, as shares of its width and height. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How images stand on the canvas; pixels are the canvas's. */
interface Arrangement {
  readonly units: readonly number[];
  /** Images in a row. */
  readonly across: number;
  /** Pixels for each weight, across and down. */
  readonly cell: number;
  /** From an image to the next, right and down. */
  readonly stepX: number;
  readonly stepY: number;
}

/** The most images in a row. */
export const imagesAcross = 8;

/** One that is enlarged fits into so many pixels, and none of its weights takes more than `cell`. */
const pane = { width: 360, height: 180, cell: 26 } as const;
/** On a sheet of several a weight takes 3 × 3 pixels, twice what it has on the screen, and images stand 4 apart. */
const several = { cell: 3, gap: 4 } as const;

/** The canvas of one parameter. */
export class WeightSheet {
  readonly canvas: HTMLCanvasElement = html("canvas", { "aria-hidden": "true" });
  readonly #layout: WeightLayout;
  #arrangement: Arrangement;

  constructor(layout: WeightLayout) {
    this.#layout = layout;
    this.#arrangement = this.#arrange(null);
  }

  /** How many weights an image has. */
  get size(): number {
    return this.#layout.rows * this.#layout.columns;
  }

  /** Shows one unit large, or all. Draw anew afterwards. */
  enlarge(unit: number | null): void {
    this.#arrangement = this.#arrange(unit);
  }

  /** Draws weights `[out, in]` in the colours of a scale from −`largest` to `largest`. */
  draw(data: ArrayLike<number>, largest: number): void {
    const { units, across, cell, stepX, stepY } = this.#arrangement;
    const { rows, columns } = this.#layout;
    const width = (across - 1) * stepX + columns * cell;
    const height = (Math.ceil(units.length / across) - 1) * stepY + rows * cell;
    const { canvas } = this;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext("2d");
    if (context === null) return;
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const colourOf = colours();
    for (const [k, unit] of units.entries()) {
      const corner = Math.floor(k / across) * stepY * width + (k % across) * stepX;
      for (let p = 0; p < this.size; p++) {
        const colour = colourOf(data[unit * this.size + p] ?? Number.NaN, largest);
        const start = corner + Math.floor(p / columns) * cell * width + (p % columns) * cell;
        for (let dy = 0; dy < cell; dy++) {
          pixels.fill(colour, start + dy * width, start + dy * width + cell);
        }
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** The position of the weight under the pointer; null between images. */
  weightUnder({ offsetX, offsetY }: MouseEvent): number | null {
    const { units, across, cell, stepX, stepY } = this.#arrangement;
    const { rows, columns } = this.#layout;
    const scale = this.canvas.width / this.canvas.clientWidth;
    const [x, y] = [offsetX * scale, offsetY * scale];
    const unit = units[Math.floor(y / stepY) * across + Math.floor(x / stepX)];
    const [column, row] = [Math.floor((x % stepX) / cell), Math.floor((y % stepY) / cell)];
    if (unit === undefined || column >= columns || row >= rows) return null;
    return unit * this.size + row * columns + column;
  }

  /** Where the weight at a position is: itself where one image is large, else the image that it is in. */
  placeOf(at: number): Place {
    const { units, across, cell, stepX, stepY } = this.#arrangement;
    const { rows, columns } = this.#layout;
    const isAlone = units.length === 1;
    const [image, p] = [Math.floor(at / this.size), at % this.size];
    const [left, top] = isAlone
      ? [(p % columns) * cell, Math.floor(p / columns) * cell]
      : [(image % across) * stepX, Math.floor(image / across) * stepY];
    const { width, height } = this.canvas;
    return {
      left: left / width,
      top: top / height,
      width: (isAlone ? cell : columns * cell) / width,
      height: (isAlone ? cell : rows * cell) / height,
    };
  }

  #arrange(unit: number | null): Arrangement {
    const { images, rows, columns } = this.#layout;
    if (unit !== null || images === 1) {
      const fits = Math.min(pane.cell, Math.floor(pane.height / rows), Math.floor(pane.width / columns));
      const cell = Math.max(1, fits);
      return { units: [unit ?? 0], across: 1, cell, stepX: columns * cell, stepY: rows * cell };
    }
    const { cell, gap } = several;
    return {
      units: Array.from({ length: images }, (_, i) => i),
      across: Math.min(imagesAcross, images),
      cell,
      stepX: columns * cell + gap,
      stepY: rows * cell + gap,
    };
  }
}

/** The page's colours of weights as pixels. */
function colours(): (x: number, largest: number) => number {
  const style = getComputedStyle(document.documentElement);
  const stops = [-2, -1, 0, 1, 2].map((k) => rgbOf(style.getPropertyValue(`--w${k}`)));
  const bad = rgbOf(style.getPropertyValue("--bad"));
  const pixels = shadePixels(stops);
  const [badPixel = 0] = shadePixels([bad, bad]);
  return (x, largest) => {
    const shade = weightShade(x, largest);
    return shade === null ? badPixel : (pixels[shade + weightShades] ?? 0);
  };
}
