/** A window of entries that can be moved over a tensor, below a picture of the whole; by mouse and by keys, as an ARIA grid. */
import type { TypedArray } from "@adjoint/tensor";
import { exactText } from "../number-text.ts";
import { colourClass } from "../palette.ts";
import { blockExtremes, largestMagnitude, matrixSize } from "../tensor-cells.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";
import { paintCells } from "./paint-cells.ts";

/** What a grid shows. */
export interface EntryGridOptions {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly scale: "value" | "gradient";
  /** For those who hear it: `Adjoint, complete`. */
  readonly title: string;
  /** The entry that is marked, by its position in row-major order; the window begins about it. */
  readonly chosen?: number | null;
  /** An entry was clicked, or Enter pressed on it. */
  choose?(index: number): void;
}

const windowRows = 4;
const pictureLimit = { rows: 128, columns: 800 } as const;

/** Of the panel's width: its padding, a section's frame, the numbers of the rows; and of one column. In CSS pixels. */
const beside = 40 + 33 + 32;
const columnWidth = 87;

/** How many columns fit side by side in the panel as wide as it is now. */
function columnsThatFit(): number {
  const panel = document.querySelector(".tab-body");
  return Math.max(1, Math.floor(((panel?.clientWidth ?? 460) - beside) / columnWidth));
}

/** Where an entry lies in a matrix. */
interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The picture and the window. */
export class EntryGrid {
  readonly element: HTMLElement = html("div", { class: "entries" });
  readonly #options: EntryGridOptions;
  readonly #size: { readonly rows: number; readonly columns: number };
  readonly #table: HTMLTableElement;
  readonly #where: HTMLElement = html("span");
  readonly #frame: HTMLElement = html("div", { class: "frame" });
  readonly #largest: number;
  #fitting: number = columnsThatFit();
  #row = 0;
  #column = 0;
  /** The cell that Tab comes to. */
  #current: Cell;

  constructor(options: EntryGridOptions) {
    const { data, shape, title } = options;
    this.#options = options;
    this.#size = matrixSize(shape);
    this.#largest = largestMagnitude(data);
    const { rows, columns } = this.#size;
    this.#table = html("table", { role: "grid", "aria-label": title });
    // The entry that is farthest from 0 is where the eye should begin.
    const peak = data.findIndex((x) => Math.abs(x) === this.#largest || !Number.isFinite(x));
    const start = options.chosen ?? Math.max(peak, 0);
    this.#current = { row: Math.floor(start / columns), column: start % columns };
    if (rows * columns > windowRows * this.#fitting) this.element.append(this.#picture());
    this.element.append(this.#table, this.#buttons());
    this.#moveTo(this.#current.row - 1, this.#current.column - Math.floor((this.#fitting - 1) / 2));
    if (options.choose !== undefined) this.#listen();
    new ResizeObserver(() => this.#fit()).observe(this.element);
  }

  #fit(): void {
    const fitting = columnsThatFit();
    if (fitting === this.#fitting) return;
    this.#fitting = fitting;
    this.#moveTo(this.#row, this.#column);
  }

  #moveTo(row: number, column: number): void {
    const { rows, columns } = this.#size;
    this.#row = Math.max(0, Math.min(row, rows - windowRows));
    this.#column = Math.max(0, Math.min(column, columns - this.#fitting));
    const lastRow = Math.min(rows, this.#row + windowRows);
    const lastColumn = Math.min(columns, this.#column + this.#fitting);
    this.#current = {
      row: Math.max(this.#row, Math.min(this.#current.row, lastRow - 1)),
      column: Math.max(this.#column, Math.min(this.#current.column, lastColumn - 1)),
    };
    const head = html("tr", {}, html("td", { class: "corner" }));
    for (let j = this.#column; j < lastColumn; j++) head.append(html("th", { scope: "col" }, String(j)));
    const body: HTMLElement[] = [];
    for (let i = this.#row; i < lastRow; i++) {
      const line = html("tr", {}, html("th", { scope: "row" }, String(i)));
      for (let j = this.#column; j < lastColumn; j++) line.append(this.#cell(i, j));
      body.push(line);
    }
    this.#table.classList.toggle("full", lastColumn - this.#column === this.#fitting);
    this.#table.replaceChildren(html("thead", {}, head), html("tbody", {}, ...body));
    this.#where.textContent = [
      ...(rows > windowRows ? [`rows ${this.#row}–${lastRow - 1} of ${rows}`] : []),
      ...(columns > this.#fitting ? [`columns ${this.#column}–${lastColumn - 1} of ${columns}`] : []),
    ].join(", ");
    const { style } = this.#frame;
    style.left = `${(100 * this.#column) / columns}%`;
    style.width = `${(100 * (lastColumn - this.#column)) / columns}%`;
    style.top = `${(100 * this.#row) / rows}%`;
    style.height = `${(100 * (lastRow - this.#row)) / rows}%`;
  }

  #cell(row: number, column: number): HTMLElement {
    const { data, scale, chosen, choose } = this.#options;
    const index = row * this.#size.columns + column;
    const x = data[index] ?? Number.NaN;
    const swatch = html("i", { class: `swatch ${colourClass(scale, x, this.#largest)}` });
    const cell = exactNumber("td", x, { "data-index": index });
    cell.prepend(swatch);
    if (choose === undefined) return cell;
    cell.setAttribute("role", "gridcell");
    const isCurrent = row === this.#current.row && column === this.#current.column;
    cell.tabIndex = isCurrent ? 0 : -1;
    if (index === chosen) cell.setAttribute("aria-selected", "true");
    cell.title = `${exactText(x)}: where does it come from?`;
    return cell;
  }

  #listen(): void {
    this.#table.addEventListener("click", ({ target }) => {
      const cell = target instanceof Element ? target.closest("td[data-index]") : null;
      if (cell instanceof HTMLElement) this.#options.choose?.(Number(cell.dataset.index));
    });
    this.#table.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event: KeyboardEvent): void {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = target instanceof HTMLElement ? Number(target.dataset.index) : Number.NaN;
    if (Number.isNaN(at)) return;
    const { columns } = this.#size;
    const [row, column] = [Math.floor(at / columns), at % columns];
    const moves: Readonly<Record<string, Cell>> = {
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      Home: { row, column: 0 },
      End: { row, column: columns - 1 },
      PageUp: { row: row - windowRows, column },
      PageDown: { row: row + windowRows, column },
    };
    const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
    if (to === undefined && key !== "Enter" && key !== " ") return;
    event.preventDefault();
    // The arrows of the page run and take back steps.
    event.stopPropagation();
    if (to === undefined) this.#options.choose?.(at);
    else this.#focus(to);
  }

  /** Brings a cell into the window, and the focus to it. */
  #focus(to: Cell): void {
    const { rows, columns } = this.#size;
    const row = Math.max(0, Math.min(to.row, rows - 1));
    const column = Math.max(0, Math.min(to.column, columns - 1));
    this.#current = { row, column };
    const top = Math.min(row, Math.max(this.#row, row - windowRows + 1));
    const left = Math.min(column, Math.max(this.#column, column - this.#fitting + 1));
    this.#moveTo(top, left);
    this.#table.querySelector<HTMLElement>("td[tabindex='0']")?.focus();
  }

  #buttons(): HTMLElement {
    const button = (text: string, name: string, rows: number, columns: number): HTMLElement => {
      const made = html("button", { type: "button", "aria-label": name, title: name }, text);
      made.addEventListener("click", () =>
        this.#moveTo(this.#row + rows * windowRows, this.#column + columns * this.#fitting),
      );
      return made;
    };
    const { rows, columns } = this.#size;
    const window = html("div", { class: "window" }, this.#where);
    if (columns > this.#fitting)
      window.append(button("←", "Columns before", 0, -1), button("→", "Columns after", 0, 1));
    if (rows > windowRows) window.append(button("↑", "Rows before", -1, 0), button("↓", "Rows after", 1, 0));
    window.hidden = window.childElementCount === 1;
    return window;
  }

  #picture(): HTMLElement {
    const { data, scale } = this.#options;
    const cells = blockExtremes(data, this.#size, pictureLimit);
    const canvas = html("canvas", { role: "img", "aria-label": "All entries as colours" });
    canvas.width = cells.columns;
    canvas.height = cells.rows;
    paintCells(canvas, cells.values, scale, this.#largest);
    canvas.addEventListener("click", ({ offsetX, offsetY }) => {
      const { rows, columns } = this.#size;
      const row = Math.floor((offsetY / canvas.clientHeight) * rows);
      const column = Math.floor((offsetX / canvas.clientWidth) * columns);
      this.#moveTo(row - 1, column - Math.floor((this.#fitting - 1) / 2));
    });
    canvas.style.height = `${Math.max(14, Math.min(120, cells.rows * 10))}px`;
    return html("div", { class: "picture" }, canvas, this.#frame);
  }
}
