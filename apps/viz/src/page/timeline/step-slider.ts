/** The scrubber: a slider over a run's steps, with a mark for each snapshot. */
import type { AxisScale } from "../../timeline/axis-scale.ts";
import { html, svg } from "../dom.ts";

/** What the slider stands at. */
export interface SliderState {
  readonly step: number;
  /** The last step that it goes to; the first is 1. */
  readonly last: number;
  /** The steps with a snapshot, ascending. */
  readonly snapshots: readonly number[];
  /** The snapshot whose tensors are shown; null for none. */
  readonly shown: number | null;
  /** What is said of the step. */
  readonly words: string;
}

/** Pixels of the track's drawing, which is stretched to its width. */
const width = 1000;

/** A slider by the ARIA pattern. Arrows go by one step, with Shift by ten, PageUp and PageDown from snapshot to snapshot. */
export class StepSlider {
  readonly element: HTMLElement;
  readonly #marks: SVGPathElement = svg("path", { class: "snapshots" });
  readonly #now: HTMLElement = html("div", { class: "held" });
  readonly #thumb: HTMLElement = html("div", { class: "thumb" });
  readonly #go: (step: number) => void;
  #across: AxisScale | null = null;
  #state: SliderState = { step: 1, last: 1, snapshots: [], shown: null, words: "" };

  /** `go` is called with each step that is asked for. */
  constructor(go: (step: number) => void) {
    this.#go = go;
    const drawing = svg("svg", {
      viewBox: `0 0 ${width} 10`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    drawing.append(this.#marks);
    const rail = html("div", { class: "rail" }, drawing, this.#now, this.#thumb);
    this.element = html("div", {
      class: "step-slider",
      role: "slider",
      tabindex: 0,
      "aria-label": "Step of the run",
      "aria-valuemin": 1,
      title: "← → a step, Shift ten, Page ↑ ↓ from snapshot to snapshot, Home, End",
    });
    this.element.append(rail);
    const ask = ({ clientX }: PointerEvent): void => {
      const { left, width: across } = rail.getBoundingClientRect();
      this.askPlace((clientX - left) / across);
    };
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      ask(event);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) ask(event);
    });
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Asks for the step at a place across the track, 0 to 1. */
  askPlace(place: number): void {
    const step = Math.round(this.#across?.numberAt(Math.max(0, Math.min(1, place))) ?? 1);
    this.#ask(step);
  }

  /** Draws the marks of the snapshots anew. */
  draw(across: AxisScale, snapshots: readonly number[]): void {
    this.#across = across;
    this.#marks.setAttribute("d", snapshots.map((step) => `M${round(across.at(step))},0v10`).join(""));
  }

  /** Puts the thumb where the state says. */
  show(state: SliderState): void {
    this.#state = state;
    const { step, last, shown, words } = state;
    const place = (at: number): string => `${100 * (this.#across?.at(at) ?? 0)}%`;
    this.#thumb.style.left = place(step);
    this.#now.style.left = place(shown ?? 1);
    this.#now.hidden = shown === null;
    this.element.setAttribute("aria-valuemax", String(last));
    this.element.setAttribute("aria-valuenow", String(step));
    this.element.setAttribute("aria-valuetext", words);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { step, last, snapshots } = this.#state;
    const by = event.shiftKey ? 10 : 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: step + by,
      ArrowUp: step + by,
      ArrowLeft: step - by,
      ArrowDown: step - by,
      PageUp: snapshots.find((each) => each > step) ?? last,
      PageDown: snapshots.findLast((each) => each < step) ?? 1,
      Home: 1,
      End: last,
    };
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to === undefined) return;
    // The page's own ← and → step through the backward pass.
    event.preventDefault();
    event.stopPropagation();
    this.#ask(to);
  }

  #ask(step: number): void {
    const within = Math.max(1, Math.min(step, this.#state.last));
    if (within !== this.#state.step) this.#go(within);
  }
}

function round(place: number): number {
  return Math.round(place * width * 10) / 10;
}
