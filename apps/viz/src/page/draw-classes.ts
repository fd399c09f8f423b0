/** The ten classes: probability and logit of each, and which of them is asked about. */
import type { DrawnDigit } from "../draw/drawn-digit.ts";
import { exactText, numberText } from "../number-text.ts";
import { html } from "./dom.ts";

/** Writes a number into an element: short for the eye, exact in `data-exact`. */
export function setExact(element: HTMLElement, x: number, text: string = numberText(x)): void {
  element.dataset.exact = exactText(x);
  element.title = exactText(x);
  element.textContent = text;
}

/** A probability as it is read: three digits behind the point, and never 1 or 0 for what is not. */
export function probabilityText(p: number): string {
  if (p > 0 && p < 0.0005) return "< 0.001";
  if (p < 1 && p > 0.9995) return "> 0.999";
  return p.toFixed(3);
}

interface Row {
  readonly line: HTMLElement;
  readonly choice: HTMLInputElement;
  readonly bar: HTMLElement;
  readonly probability: HTMLElement;
  readonly logit: HTMLElement;
}

/** The table of classes. */
export class DrawClasses {
  readonly element: HTMLElement;
  readonly #rows: readonly Row[];
  readonly #predicted: HTMLInputElement;

  /** `ask` is called with the class that is asked about; null for whichever is predicted. */
  constructor(ask: (asked: number | null) => void) {
    this.#rows = Array.from({ length: 10 }, (_, k) => classRow(k, () => ask(k)));
    this.#predicted = radio("p");
    this.#predicted.checked = true;
    this.#predicted.addEventListener("change", () => ask(null));
    this.element = html(
      "fieldset",
      { class: "classes" },
      html("legend", {}, "Classes"),
      html(
        "p",
        { class: "class-head", "aria-hidden": true },
        ...["", "probability", "logit"].map((word) => html("span", {}, word)),
      ),
      ...this.#rows.map(({ line }) => line),
      html(
        "label",
        { class: "class-row follow" },
        this.#predicted,
        html("span", {}, "Explain the predicted class"),
      ),
    );
  }

  /** Shows what a network says of a drawing. */
  show({ probabilities, logits, predicted, chosen }: DrawnDigit): void {
    for (const [k, { line, bar, probability, logit }] of this.#rows.entries()) {
      const p = probabilities[k] ?? Number.NaN;
      bar.style.width = `${100 * p}%`;
      setExact(probability, p, probabilityText(p));
      setExact(logit, logits[k] ?? Number.NaN);
      line.toggleAttribute("data-predicted", k === predicted);
      line.toggleAttribute("data-chosen", k === chosen);
    }
  }

  /** Shows which class is asked about. */
  ask(asked: number | null): void {
    const choice = asked === null ? this.#predicted : this.#rows[asked]?.choice;
    if (choice !== undefined) choice.checked = true;
  }
}

function classRow(k: number, ask: () => void): Row {
  const choice = radio(String(k));
  choice.addEventListener("change", ask);
  const bar = html("i");
  const probability = html("b", { "data-role": "probability", "data-class": k });
  const logit = html("span", { class: "logit", "data-role": "logit", "data-class": k });
  const line = html(
    "label",
    { class: "class-row" },
    choice,
    html("span", { class: "class-name" }, String(k)),
    html("span", { class: "class-bar" }, bar),
    probability,
    logit,
  );
  return { line, choice, bar, probability, logit };
}

function radio(value: string): HTMLInputElement {
  return html("input", { type: "radio", name: "draw-class", value });
}
