/** A chart of lines over a run's steps: the lines, both axes, the cursor, and beside them the numbers under the cursor. */
import { exactText, numberText } from "../../number-text.ts";
import { type AxisKind, type AxisScale, scaleFor } from "../../timeline/axis-scale.ts";
import { linePath } from "../../timeline/line-path.ts";
import { html, svg } from "../dom.ts";

/** A line of a chart. */
export interface ChartLine {
  /** For the tests and for who reads the numbers: `loss`, `0.weight`. */
  readonly name: string;
  /** 0 for the first layer, 1 for the last, which gives the colour; null for a line that stands for no layer. */
  readonly layer: number | null;
  /** Drawn in dashes: the biases. */
  readonly dashed: boolean;
  /** A NaN says that there is no number, and not that one went wrong. */
  readonly sparse: boolean;
  /** The steps that have a number, ascending. */
  steps(): ArrayLike<number>;
  numbers(): ArrayLike<number>;
}

/** What a chart is of. */
export interface ChartOptions {
  /** For the styles and the tests: `loss`. */
  readonly id: string;
  readonly title: string;
  /** What the numbers are; how the axis spreads them is added. */
  readonly unit: string;
  /** What else there is to know of the drawing. */
  readonly note?: string;
  readonly lines: readonly ChartLine[];
  /** A level that numbers are read against. */
  readonly rule?: number;
  /** A fixed axis; default: one for all the numbers. */
  readonly up?: AxisScale;
  /** The pointer asks for a place across the chart, 0 to 1. */
  scrub(place: number): void;
}

/** The lines are drawn in a box of so many units, which is stretched to the chart's size. */
const box = { width: 1000, height: 100 } as const;

/** One chart. */
export class Chart {
  readonly element: HTMLElement = html("section", { class: "chart" });
  readonly #options: ChartOptions;
  readonly #unit: HTMLElement = html("small");
  readonly #drawing: SVGSVGElement = svg("svg", {
    viewBox: `0 0 ${box.width} ${box.height}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  readonly #plot: HTMLElement = html("div", { class: "plot" }, this.#drawing);
  readonly #ticks: HTMLElement = html("div", { class: "ticks", "aria-hidden": "true" });
  readonly #cursor: HTMLElement = html("div", { class: "cursor" });
  readonly #paths: readonly SVGPathElement[];
  readonly #grid: SVGPathElement = svg("path", { class: "grid" });
  readonly #rule: SVGPathElement = svg("path", { class: "rule" });
  readonly #bad: SVGPathElement = svg("path", { class: "not-finite" });
  readonly #cells: readonly HTMLElement[];

  constructor(options: ChartOptions) {
    this.#options = options;
    this.#paths = options.lines.map(linePathElement);
    this.#cells = options.lines.map(() => html("dd"));
    // The first layer is drawn last, over the others: it is what the weights are of.
    this.#drawing.append(this.#grid, this.#rule, ...this.#paths.toReversed(), this.#bad);
    this.#plot.append(this.#ticks, this.#cursor);
    this.element.dataset.chart = options.id;
    this.element.append(...this.#parts());
    this.#plot.addEventListener("pointerdown", (event) => {
      this.#plot.setPointerCapture(event.pointerId);
      this.#ask(event);
    });
    this.#plot.addEventListener("pointermove", (event) => {
      if (this.#plot.hasPointerCapture(event.pointerId)) this.#ask(event);
    });
  }

  /** One number stands beside the title, several in a list of their own. */
  #parts(): HTMLElement[] {
    const { lines, id, title } = this.#options;
    const rows = lines.map((line, i) => readoutRow(line, this.#cells[i] ?? html("dd"), id));
    const list = html("dl", { class: "readout" }, ...rows);
    if (rows.length === 1) return [html("h3", {}, title, " ", this.#unit), list, this.#plot];
    this.element.classList.add("many");
    this.#drawing.classList.toggle("crowded", rows.length > 8);
    if (rows.length <= 5) return [html("h3", {}, title, " ", this.#unit), this.#plot, list];
    // What scrolls can be scrolled with the keyboard.
    const words = { role: "group", tabindex: 0, "aria-label": `${title} at the step` };
    return [
      html("h3", {}, title, " ", this.#unit),
      this.#plot,
      html("div", { class: "readout-window", ...words }, list),
    ];
  }

  /** Draws all lines anew. */
  draw(across: AxisScale, kind: AxisKind): void {
    const { lines, rule, unit, note = "" } = this.#options;
    this.#unit.textContent = unit + (kind === "log" ? ", log" : "") + note;
    const level = rule === undefined ? [] : [rule];
    const up =
      this.#options.up ??
      scaleFor(
        kind,
        (function* () {
          for (const line of lines) yield* Array.from(line.numbers());
          yield* level;
        })(),
      );
    const frame = { ...box, across: (x: number) => across.at(x), up: (y: number) => up.at(y) };
    for (const [i, line] of lines.entries()) {
      this.#paths[i]?.setAttribute("d", linePath(line.steps(), line.numbers(), frame));
    }
    this.#bad.setAttribute("d", notFinitePath(lines, across));
    const ups = up.ticks(3);
    this.#grid.setAttribute("d", ups.map((y) => `M0,${level100(up, y)}h${box.width}`).join(""));
    this.#rule.setAttribute("d", level.map((y) => `M0,${level100(up, y)}h${box.width}`).join(""));
    const labels = [
      ...ups.map((y) => tick("up", up.at(y), y)),
      ...across.ticks(4).map((x) => tick("across", across.at(x), x)),
    ];
    this.#ticks.replaceChildren(...labels);
  }

  /** Puts the cursor at `step`, and writes the numbers of that step beside the chart. */
  move(across: AxisScale, step: number, indexOf: (steps: ArrayLike<number>) => number): void {
    this.#cursor.style.left = `${100 * across.at(step)}%`;
    for (const [i, line] of this.#options.lines.entries()) {
      const cell = this.#cells[i];
      const index = indexOf(line.steps());
      const found = index < 0 ? undefined : line.numbers()[index];
      const number = line.sparse && Number.isNaN(found) ? undefined : found;
      if (cell === undefined) continue;
      if (number === undefined) delete cell.dataset.exact;
      else cell.dataset.exact = exactText(number);
      cell.textContent = number === undefined ? "–" : numberText(number);
      cell.classList.toggle("not-finite", number !== undefined && !Number.isFinite(number));
    }
  }

  #ask({ clientX }: PointerEvent): void {
    const { left, width } = this.#plot.getBoundingClientRect();
    this.#options.scrub(Math.max(0, Math.min(1, (clientX - left) / width)));
  }
}

function linePathElement({ layer, dashed }: ChartLine): SVGPathElement {
  const path = svg("path", { class: dashed ? "series dashed" : "series" });
  if (layer !== null) path.style.setProperty("--layer", `${Math.round(100 * layer)}%`);
  path.classList.toggle("layered", layer !== null);
  return path;
}

function readoutRow(line: ChartLine, cell: HTMLElement, chart: string): HTMLElement {
  cell.dataset.series = chart;
  cell.dataset.line = line.name;
  const sample = linePathElement(line);
  sample.setAttribute("d", "M0,5h22");
  const name = html("span", { class: "line-name" }, line.name);
  return html(
    "div",
    {},
    html("dt", {}, svg("svg", { width: 22, height: 10, "aria-hidden": "true" }, sample), name),
    cell,
  );
}

function level100(up: AxisScale, y: number): number {
  return Math.round(1000 * (1 - up.at(y))) / 10;
}

function tick(axis: "up" | "across", place: number, x: number): HTMLElement {
  const made = html("span", { class: axis }, numberText(x));
  made.style[axis === "up" ? "bottom" : "left"] = `${100 * place}%`;
  return made;
}

/** A stroke at the upper edge for each column in which a number is NaN or infinite. */
function notFinitePath(lines: readonly ChartLine[], across: AxisScale): string {
  const columns = new Set<number>();
  for (const line of lines.filter(({ sparse }) => !sparse)) {
    const [steps, numbers] = [line.steps(), line.numbers()];
    for (let i = 0; i < steps.length; i++) {
      if (!Number.isFinite(numbers[i])) columns.add(Math.round(across.at(steps[i] ?? 0) * box.width));
    }
  }
  return [...columns].map((x) => `M${x},0v8`).join("");
}
