/** ∂logit/∂x of one class as a picture over the drawing, with a cursor that reads single pixels. */
import { type PadPoint, pixelCount, side } from "../draw/drawing.ts";
import type { DrawnDigit } from "../draw/drawn-digit.ts";
import { exactText, numberText } from "../number-text.ts";
import { colourClasses } from "../palette.ts";
import { largestMagnitude } from "../tensor-cells.ts";
import { html } from "./dom.ts";
import { setExact } from "./draw-classes.ts";
import { paintGradient, pictureCanvas } from "./draw-picture.ts";

/** The picture, its scale, and the number under the pointer. */
export class DrawSaliency {
  readonly element: HTMLElement;
  readonly #canvas: HTMLCanvasElement = pictureCanvas(10, "");
  readonly #title: HTMLElement = html("h3");
  readonly #low: HTMLElement = html("span", { "data-role": "saliency-low" });
  readonly #high: HTMLElement = html("span", { "data-role": "saliency-high" });
  readonly #reading: HTMLElement = html("p", { class: "quiet" });
  readonly #cursor: HTMLElement = html("div", { class: "pad-cursor" });
  #drawn: DrawnDigit | null = null;
  #at: { row: number; column: number } | null = null;

  constructor() {
    const steps = colourClasses("gradient").map((name) => html("i", { class: `swatch ${name}` }));
    const picture = html("div", { class: "pad saliency", tabindex: 0 }, this.#canvas, this.#cursor);
    picture.setAttribute("role", "group");
    picture.setAttribute("aria-label", "Saliency, 28 by 28: arrows read single pixels");
    this.element = html(
      "section",
      { class: "why" },
      this.#title,
      picture,
      html("div", { class: "scale even" }, this.#low, html("span", { class: "bar" }, ...steps), this.#high),
      this.#reading,
    );
    picture.addEventListener("pointermove", (event) => this.#point(event));
    picture.addEventListener("pointerleave", () => this.#read(null));
    picture.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows the saliency of the chosen class. */
  show(drawn: DrawnDigit): void {
    this.#drawn = drawn;
    const { saliency, chosen, drawing } = drawn;
    const largest = largestMagnitude(saliency);
    this.#title.replaceChildren(
      `Why ${chosen}? `,
      html("span", { class: "shape" }, `∂logit${subscript(chosen)} / ∂x`),
    );
    paintGradient(this.#canvas, saliency, largest, drawing);
    this.#canvas.dataset.exact = Array.from(saliency, exactText).join(" ");
    this.#canvas.setAttribute("aria-label", `∂logit ${chosen} by each pixel, from −max to max`);
    setExact(this.#low, -largest);
    setExact(this.#high, largest);
    this.#read(this.#at);
  }

  #point({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    // A pointer would have every pixel on its way read out.
    this.#reading.setAttribute("aria-live", "off");
    const point: PadPoint = { x: ((clientX - left) / width) * side, y: ((clientY - top) / height) * side };
    this.#read({ row: Math.floor(point.y), column: Math.floor(point.x) });
  }

  #key(event: KeyboardEvent): void {
    const { row, column } = this.#at ?? { row: side / 2, column: side / 2 };
    const moves: Readonly<Record<string, { row: number; column: number }>> = {
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
    };
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#reading.setAttribute("aria-live", "polite");
    this.#read(to);
  }

  #read(at: { readonly row: number; readonly column: number } | null): void {
    const within = (x: number): number => Math.max(0, Math.min(side - 1, x));
    this.#at = at && { row: within(at.row), column: within(at.column) };
    const index = this.#at === null ? pixelCount : this.#at.row * side + this.#at.column;
    const x = this.#drawn?.saliency[index];
    this.#cursor.hidden = this.#at === null;
    if (this.#at === null || this.#drawn === null || x === undefined) {
      this.#reading.textContent =
        "Orange: more ink here raises the logit. Violet: more ink lowers it. The outline is the drawing.";
      return;
    }
    this.#cursor.style.left = `${(100 * this.#at.column) / side}%`;
    this.#cursor.style.top = `${(100 * this.#at.row) / side}%`;
    const ink = this.#drawn.drawing[index] ?? 0;
    const number = html("b");
    setExact(number, x);
    this.#reading.replaceChildren(
      `Row ${this.#at.row}, column ${this.#at.column}: ink ${numberText(ink)}, gradient `,
      number,
    );
  }
}

/** A digit as an index. */
function subscript(digit: number): string {
  return String.fromCodePoint(0x2080 + digit);
}
