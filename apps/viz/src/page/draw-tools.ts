/** What stands below the pad: pen and eraser, undo, samples, how the drawing is made ready, and which network looks at it. */
import type { DigitNet, DigitNetFile } from "../draw/digit-net.ts";
import { html } from "./dom.ts";
import { paintInk, pictureCanvas } from "./draw-picture.ts";

/** What the tools do. */
export interface DrawToolEvents {
  erase(erases: boolean): void;
  undo(): void;
  clear(): void;
  /** Takes a picture of 784 bytes in place of the drawing. */
  start(ink: Uint8Array): void;
  /** The same drawing is to be looked at in another way. */
  changed(): void;
}

/** The tools. */
export class DrawTools {
  /** Pen and eraser, undo, samples. */
  readonly element: HTMLElement = html("div", { class: "draw-tools" });
  /** Whether the drawing is scaled and centred; to stand at the picture of what the network sees. */
  readonly normalize: HTMLElement;
  /** Which network looks at it. */
  readonly network: HTMLElement;
  readonly #events: DrawToolEvents;
  readonly #eraser: HTMLButtonElement;
  readonly #undo: HTMLButtonElement;
  readonly #samples: HTMLElement = html("div", { class: "samples" });
  readonly #normalize: HTMLInputElement = html("input", {
    type: "checkbox",
    id: "draw-mnist",
    checked: true,
  });
  readonly #net: HTMLSelectElement = html("select", { id: "draw-net" });
  readonly #about: HTMLElement = html("p", { class: "quiet" });
  readonly #repaint: (() => void)[] = [];
  #file: DigitNetFile | null = null;

  constructor(events: DrawToolEvents) {
    this.#events = events;
    this.#eraser = button("Eraser", "E", () => this.press("erase"));
    this.#eraser.setAttribute("aria-pressed", "false");
    this.#undo = button("Undo", "Ctrl Z", () => events.undo());
    this.#undo.disabled = true;
    this.#normalize.addEventListener("change", () => events.changed());
    this.#net.addEventListener("change", () => {
      this.#tellNet();
      events.changed();
    });
    this.element.append(
      html(
        "div",
        { class: "draw-buttons" },
        this.#eraser,
        this.#undo,
        button("Clear", "Delete", () => events.clear()),
      ),
      this.#samples,
    );
    const mnist =
      "Scaled to 20 × 20 pixels, then moved so that the centre of mass of its ink is in the middle";
    this.normalize = html(
      "label",
      { class: "draw-option", title: mnist },
      this.#normalize,
      html("span", {}, "scaled, centred as MNIST was made"),
    );
    this.network = html(
      "section",
      {},
      html("h3", {}, html("label", { for: "draw-net" }, "Network")),
      this.#net,
      this.#about,
      html(
        "p",
        { class: "quiet keys" },
        "On the pad: arrows move, ",
        html("kbd", {}, "Space"),
        " paints, ",
        html("kbd", {}, "Shift"),
        " with arrows draws, ",
        html("kbd", {}, "E"),
        " erases.",
      ),
    );
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      for (const paint of this.#repaint) paint();
    });
  }

  /** Does what a key of the pad asks for. */
  press(key: "erase" | "undo" | "clear"): void {
    if (key === "undo") this.#events.undo();
    else if (key === "clear") this.#events.clear();
    else {
      const erases = this.#eraser.getAttribute("aria-pressed") !== "true";
      this.#eraser.setAttribute("aria-pressed", String(erases));
      this.#events.erase(erases);
    }
  }

  set canUndo(can: boolean) {
    this.#undo.disabled = !can;
  }

  get normalized(): boolean {
    return this.#normalize.checked;
  }

  set normalized(normalized: boolean) {
    this.#normalize.checked = normalized;
  }

  /** The network of the open trace is chosen, and not the page's own. */
  get usesTrace(): boolean {
    return this.#net.value === "trace";
  }

  /** Offers digits to start from. */
  samples(samples: DigitNetFile["samples"]): void {
    const buttons = samples.map(({ ink, label }) => {
      const bytes = Uint8Array.from(atob(ink), (char) => char.charCodeAt(0));
      const canvas = pictureCanvas(1, "");
      canvas.setAttribute("aria-hidden", "true");
      paintInk(canvas, bytes, 255);
      this.#repaint.push(() => paintInk(canvas, bytes, 255));
      const made = html("button", {
        type: "button",
        "aria-label": `Start from a ${label}`,
        title: `A ${label} of MNIST`,
      });
      made.append(canvas);
      made.addEventListener("click", () => this.#events.start(bytes));
      return made;
    });
    this.#samples.replaceChildren(html("span", { class: "quiet" }, "Start from"), ...buttons);
  }

  /** Offers the page's network, and that of the open trace if it is one of 784-h-10. */
  offer(traceNet: DigitNet | null, file: DigitNetFile | null): void {
    this.#file = file;
    const before = this.#net.value;
    this.#net.replaceChildren(html("option", { value: "page" }, "Trained 784-32-10 of this page"));
    if (traceNet !== null) {
      const title = `784-${traceNet.hidden}-10 of the trace that was open`;
      this.#net.append(html("option", { value: "trace" }, title));
      if (before === "trace") this.#net.value = before;
    }
    this.#tellNet();
  }

  #tellNet(): void {
    if (this.usesTrace) {
      this.#about.textContent =
        "Its weights as the trace holds them. After few steps on eight digits they tell little of others.";
    } else if (this.#file !== null) {
      const { correct, training } = this.#file;
      this.#about.textContent = `Trained here for ${training}, weights then rounded to 8 bits: ${correct / 100} % of the 10,000 test images are right with these numbers.`;
    }
  }
}

function button(title: string, key: string, run: () => void): HTMLButtonElement {
  const made = html("button", { type: "button", title: `${title} (${key})` }, title);
  made.addEventListener("click", run);
  return made;
}
