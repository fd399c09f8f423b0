/** The hidden units as columns: how strongly each fires, and which do not. */
import type { DrawnDigit } from "../draw/drawn-digit.ts";
import { exactText, numberText } from "../number-text.ts";
import { html } from "./dom.ts";

/** The strip of hidden units. */
export class DrawUnits {
  readonly element: HTMLElement;
  readonly #strip: HTMLElement = html("div", { class: "units", role: "img" });
  readonly #words: HTMLElement = html("p", { class: "quiet" });
  #units: readonly HTMLElement[] = [];

  constructor() {
    this.element = html("section", {}, html("h3", {}, "Hidden units, behind ReLU"), this.#strip, this.#words);
  }

  /** Shows the activations. */
  show({ activations }: DrawnDigit): void {
    if (this.#units.length !== activations.length) {
      this.#units = Array.from(activations, (_, unit) =>
        html("span", { "data-unit": unit }, html("i", { class: "unit-bar" })),
      );
      this.#strip.replaceChildren(...this.#units);
    }
    const numbers = Array.from(activations);
    const most = numbers.reduce((a, b) => Math.max(a, b), 0);
    for (const [unit, cell] of this.#units.entries()) {
      const x = numbers[unit] ?? Number.NaN;
      cell.dataset.exact = exactText(x);
      cell.title = `unit ${unit}: ${exactText(x)}`;
      cell.toggleAttribute("data-silent", x === 0);
      const bar = cell.firstElementChild;
      if (bar instanceof HTMLElement) bar.style.height = most > 0 ? `${(100 * x) / most}%` : "0";
    }
    const firing = numbers.filter((x) => x > 0).length;
    const order = numbers.map((x, unit) => ({ x, unit })).sort((a, b) => b.x - a.x);
    const strongest = order.slice(0, 3).filter(({ x }) => x > 0);
    const list = strongest.map(({ unit, x }) => `unit ${unit} (${numberText(x)})`).join(", ");
    const words = `${firing} of ${numbers.length} fire${list === "" ? "" : `, strongest ${list}`}; the others give 0, marked by a dot.`;
    this.#words.textContent = words;
    this.#strip.setAttribute("aria-label", words);
  }
}
