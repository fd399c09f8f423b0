/** A tensor with all its numbers: statistics, a picture of the whole, and a window of entries that can be moved. */
import type { TraceTensor } from "@adjoint/autograd/graph";
import type { TypedArray } from "@adjoint/tensor";
import { exactText, numberText, shapeText } from "../number-text.ts";
import { colourClass } from "../palette.ts";
import { blockExtremes, largestMagnitude, matrixSize } from "../tensor-cells.ts";
import { html } from "./dom.ts";

/** How a tensor is shown. */
export interface TensorViewOptions {
  readonly title: string;
  readonly scale: "value" | "gradient";
  /** A word for the tests and the styles: `incoming`, `contribution`, `sum`. */
  readonly role: string;
}

const windowSize = { rows: 4, columns: 5 } as const;
const pictureLimit = { rows: 128, columns: 800 } as const;

/** The view of `tensor`. Every number on it carries its exact value in `data-exact`. */
export function tensorView(tensor: TraceTensor, { title, scale, role }: TensorViewOptions): HTMLElement {
  const { shape, data, statistics } = tensor;
  const view = html("section", { class: "tensor", "data-role": role, "data-scale": scale });
  const heading = html("h4", {}, title, html("span", { class: "shape" }, shapeText(shape)));
  if (data !== null && data.length === 1) {
    const x = data[0] ?? Number.NaN;
    heading.append(exactNumber("span", x, { class: "single", "data-index": 0 }));
    view.append(heading);
    return view;
  }
  view.append(heading);
  if (statistics !== null) {
    const { norm, min, max, mean } = statistics;
    const facts = { "‖·‖": norm, min, max, mean };
    const list = html("dl", {});
    for (const [name, x] of Object.entries(facts)) {
      list.append(html("div", {}, html("dt", {}, name), exactNumber("dd", x, { "data-statistic": name })));
    }
    view.append(list);
  }
  if (data === null) view.append(html("p", { class: "quiet" }, "The trace kept the statistics alone."));
  else if (data.length === 0) view.append(html("p", { class: "quiet" }, "No entries."));
  else view.append(new EntryWindow(data, shape, scale).element);
  return view;
}

/** An element with a number: short for the eye, exact in `data-exact`. */
export function exactNumber<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  x: number,
  attributes: Readonly<Record<string, string | number>> = {},
): HTMLElementTagNameMap[K] {
  return html(tag, { "data-exact": exactText(x), title: exactText(x), ...attributes }, numberText(x));
}

/** The picture, and the window of entries below it; a click on the picture moves the window there. */
class EntryWindow {
  readonly element: HTMLElement = html("div", { class: "entries" });
  readonly #data: TypedArray;
  readonly #size: { readonly rows: number; readonly columns: number };
  readonly #table: HTMLTableElement = html("table");
  readonly #where: HTMLElement = html("span");
  readonly #frame: HTMLElement = html("div", { class: "frame" });
  readonly #scale: "value" | "gradient";
  readonly #largest: number;
  #row = 0;
  #column = 0;

  constructor(data: TypedArray, shape: readonly number[], scale: "value" | "gradient") {
    this.#data = data;
    this.#scale = scale;
    this.#size = matrixSize(shape);
    this.#largest = largestMagnitude(data);
    const { rows, columns } = this.#size;
    // The entry that is farthest from 0 is where the eye should begin.
    const peak = data.findIndex((x) => Math.abs(x) === this.#largest || !Number.isFinite(x));
    const [row, column] = peak < 0 ? [0, 0] : [Math.floor(peak / columns), peak % columns];
    if (rows * columns > windowSize.rows * windowSize.columns) this.element.append(this.#picture());
    this.element.append(this.#table);
    if (rows > windowSize.rows || columns > windowSize.columns) this.element.append(this.#buttons());
    this.#moveTo(row - 1, column - 2);
  }

  #moveTo(row: number, column: number): void {
    const { rows, columns } = this.#size;
    this.#row = Math.max(0, Math.min(row, rows - windowSize.rows));
    this.#column = Math.max(0, Math.min(column, columns - windowSize.columns));
    const lastRow = Math.min(rows, this.#row + windowSize.rows);
    const lastColumn = Math.min(columns, this.#column + windowSize.columns);
    const head = html("tr", {}, html("td", { class: "corner" }));
    for (let j = this.#column; j < lastColumn; j++) head.append(html("th", { scope: "col" }, String(j)));
    const body: HTMLElement[] = [];
    for (let i = this.#row; i < lastRow; i++) {
      const line = html("tr", {}, html("th", { scope: "row" }, String(i)));
      for (let j = this.#column; j < lastColumn; j++) line.append(this.#cell(i * columns + j));
      body.push(line);
    }
    this.#table.replaceChildren(html("thead", {}, head), html("tbody", {}, ...body));
    this.#where.textContent = `rows ${this.#row}–${lastRow - 1} of ${rows}, columns ${this.#column}–${lastColumn - 1} of ${columns}`;
    const { style } = this.#frame;
    style.left = `${(100 * this.#column) / columns}%`;
    style.width = `${(100 * (lastColumn - this.#column)) / columns}%`;
    style.top = `${(100 * this.#row) / rows}%`;
    style.height = `${(100 * (lastRow - this.#row)) / rows}%`;
  }

  #cell(index: number): HTMLElement {
    const x = this.#data[index] ?? Number.NaN;
    const swatch = html("i", { class: `swatch ${colourClass(this.#scale, x, this.#largest)}` });
    const cell = exactNumber("td", x, { "data-index": index });
    cell.prepend(swatch);
    return cell;
  }

  #buttons(): HTMLElement {
    const button = (text: string, name: string, rows: number, columns: number): HTMLElement => {
      const made = html("button", { type: "button", "aria-label": name }, text);
      const move = { rows: rows * windowSize.rows, columns: columns * windowSize.columns };
      made.addEventListener("click", () => this.#moveTo(this.#row + move.rows, this.#column + move.columns));
      return made;
    };
    return html(
      "div",
      { class: "window" },
      this.#where,
      button("←", "Columns before", 0, -1),
      button("↑", "Rows before", -1, 0),
      button("↓", "Rows after", 1, 0),
      button("→", "Columns after", 0, 1),
    );
  }

  #picture(): HTMLElement {
    const cells = blockExtremes(this.#data, this.#size, pictureLimit);
    const canvas = html("canvas", { role: "img", "aria-label": "All entries as colours" });
    canvas.width = cells.columns;
    canvas.height = cells.rows;
    paint(canvas, cells.values, (x) => colourClass(this.#scale, x, this.#largest));
    canvas.addEventListener("click", ({ offsetX, offsetY }) => {
      const { rows, columns } = this.#size;
      const row = Math.floor((offsetY / canvas.clientHeight) * rows);
      this.#moveTo(row - 1, Math.floor((offsetX / canvas.clientWidth) * columns) - 2);
    });
    const height = Math.max(14, Math.min(120, cells.rows * 10));
    canvas.style.height = `${height}px`;
    return html("div", { class: "picture" }, canvas, this.#frame);
  }
}

/** Colours one pixel of `canvas` for each of `values`, by the variable that `nameOf` gives. */
function paint(canvas: HTMLCanvasElement, values: Float64Array, nameOf: (x: number) => string): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const style = getComputedStyle(document.documentElement);
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  // Asking the style for each of 25,000 cells takes a tenth of a second, and as long to fill them one by one.
  const colours = new Map<string, number>();
  for (const [i, x] of values.entries()) {
    const name = nameOf(x);
    let colour = colours.get(name);
    if (colour === undefined) {
      colour = pixelOf(style.getPropertyValue(`--${name}`));
      colours.set(name, colour);
    }
    pixels[i] = colour;
  }
  context.putImageData(image, 0, 0);
}

/** `#rrggbb` as the four bytes of a pixel, red first. */
function pixelOf(colour: string): number {
  const value = Number.parseInt(colour.trim().slice(1), 16);
  const bytes = Uint8Array.of(value >> 16, value >> 8, value, 255);
  return new Uint32Array(bytes.buffer)[0] ?? 0;
}
