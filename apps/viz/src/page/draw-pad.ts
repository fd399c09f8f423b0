/** The pad: a drawing that pointer, pen and keyboard draw on. */
import { type Brush, type Drawing, type PadPoint, side } from "../draw/drawing.ts";
import { html } from "./dom.ts";
import { paintInk, pictureCanvas } from "./draw-picture.ts";

/** What the pad tells of. */
export interface PadEvents {
  /** The ink is other than it was; `resting` once the hand has left the pad. */
  drawn(resting: boolean): void;
}

const lineRadius = 1.1;
const eraserRadius = 2;

/** The button that the other end of a pen is. */
const penEraser = 5;

const help =
  "Drawing pad, 28 by 28. Arrows move the cursor, Space paints a dot, Shift with arrows draws a line, E changes between pen and eraser, Control Z takes back.";

/** The pad of `drawing`. */
export class DrawPad {
  readonly element: HTMLElement;
  /** The pen erases. */
  erases = false;
  readonly #drawing: Drawing;
  readonly #events: PadEvents;
  readonly #canvas: HTMLCanvasElement = pictureCanvas(1, "What is drawn");
  readonly #cursor: HTMLElement = html("div", { class: "pad-cursor" });
  readonly #keyed: (key: "erase" | "undo" | "clear") => void;
  /** The pixel of the keyboard's cursor. */
  #at = { column: side / 2, row: side / 2 };
  /** Where the pointer was last; null while it is up. */
  #last: PadPoint | null = null;

  /** `keyed` is called for what has a key here and a button elsewhere. */
  constructor(drawing: Drawing, events: PadEvents, keyed: (key: "erase" | "undo" | "clear") => void) {
    this.#drawing = drawing;
    this.#events = events;
    this.#keyed = keyed;
    this.element = html(
      "div",
      { class: "pad", role: "application", tabindex: 0, "aria-label": help },
      this.#canvas,
      this.#cursor,
    );
    this.element.addEventListener("pointerdown", (event) => this.#down(event));
    this.element.addEventListener("pointermove", (event) => this.#move(event));
    for (const up of ["pointerup", "pointercancel"] as const) {
      this.element.addEventListener(up, () => this.#up());
    }
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.#placeCursor();
  }

  /** The hand is on the pad. */
  get drawing(): boolean {
    return this.#last !== null;
  }

  /** Shows the ink as it is now. */
  paint(): void {
    paintInk(this.#canvas, this.#drawing.ink, 255);
  }

  #down(event: PointerEvent): void {
    if ((event.button !== 0 && event.button !== penEraser) || this.#last !== null) return;
    this.element.setPointerCapture(event.pointerId);
    this.#drawing.begin();
    const point = this.#pointOf(event);
    this.#line(point, point, event);
    this.#last = point;
    this.#changed(false);
  }

  #move(event: PointerEvent): void {
    if (this.#last === null) return;
    const seen = event.getCoalescedEvents();
    for (const each of seen.length > 0 ? seen : [event]) {
      const point = this.#pointOf(each);
      this.#line(this.#last, point, each);
      this.#last = point;
    }
    this.#changed(false);
  }

  #up(): void {
    if (this.#last === null) return;
    this.#last = null;
    this.#changed(true);
  }

  #line(from: PadPoint, to: PadPoint, { pointerType, pressure, buttons }: PointerEvent): void {
    // A pen tells how hard it is pressed, and of the eraser at its other end.
    const width = pointerType === "pen" && pressure > 0 ? 0.6 + 0.8 * pressure : 1;
    this.#drawing.line(from, to, this.#brush(width, (buttons & 32) !== 0));
  }

  #brush(width: number, erases: boolean): Brush {
    return this.erases || erases
      ? { radius: eraserRadius * width, erases: true }
      : { radius: lineRadius * width, erases: false };
  }

  #pointOf({ clientX, clientY }: PointerEvent): PadPoint {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: ((clientX - left) / width) * side, y: ((clientY - top) / height) * side };
  }

  #key(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (altKey) return;
    if (ctrlKey || metaKey) {
      if (key.toLowerCase() !== "z") return;
      this.#keyed("undo");
    } else if (key === " ") this.#paintTo(this.#at);
    else if (key.toLowerCase() === "e") this.#keyed("erase");
    else if (key === "Delete" || key === "Backspace") this.#keyed("clear");
    else if (!this.#arrow(key, shiftKey)) return;
    // The same keys step the backward pass elsewhere.
    event.preventDefault();
    event.stopPropagation();
  }

  #arrow(key: string, paints: boolean): boolean {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
    if (move === undefined) return false;
    const before = this.#at;
    const within = (x: number): number => Math.max(0, Math.min(side - 1, x));
    this.#at = { column: within(before.column + move[0]), row: within(before.row + move[1]) };
    this.#placeCursor();
    if (paints) this.#paintTo(before);
    return true;
  }

  /** Draws from a pixel to the cursor's. */
  #paintTo({ column, row }: { readonly column: number; readonly row: number }): void {
    this.#drawing.begin();
    const from = { x: column + 0.5, y: row + 0.5 };
    this.#drawing.line(from, { x: this.#at.column + 0.5, y: this.#at.row + 0.5 }, this.#brush(1, false));
    this.#changed(true);
  }

  #placeCursor(): void {
    this.#cursor.style.left = `${(100 * this.#at.column) / side}%`;
    this.#cursor.style.top = `${(100 * this.#at.row) / side}%`;
  }

  #changed(resting: boolean): void {
    this.paint();
    this.#events.drawn(resting);
  }
}
