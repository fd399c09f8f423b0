/** The bar below: buttons, the scrubber and the keys that step through a backward pass. */
import { byId } from "./dom.ts";

/** Wires the bar; `go` is called with the step that is asked for, between 0 and the number of steps. */
export class Stepper {
  readonly #go: (step: number) => void;
  readonly #scrub: HTMLInputElement = byId("scrub", HTMLInputElement);
  readonly #position: HTMLElement = byId("position", HTMLElement);
  #step = 0;
  #steps = 0;

  constructor(go: (step: number) => void) {
    this.#go = go;
    const moves = {
      first: () => 0,
      back: () => this.#step - 1,
      forth: () => this.#step + 1,
      last: () => this.#steps,
    };
    for (const [id, to] of Object.entries(moves)) {
      byId(id, HTMLButtonElement).addEventListener("click", () => this.#to(to()));
    }
    this.#scrub.addEventListener("input", () => this.#to(Number(this.#scrub.value)));
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows where the pass stands. */
  show(step: number, steps: number, words: string): void {
    this.#step = step;
    this.#steps = steps;
    this.#scrub.max = String(steps);
    this.#scrub.value = String(step);
    this.#scrub.disabled = steps === 0;
    this.#position.textContent = words;
    const focused = document.activeElement?.id;
    for (const id of ["first", "back"]) byId(id, HTMLButtonElement).disabled = step === 0;
    for (const id of ["forth", "last"]) byId(id, HTMLButtonElement).disabled = step === steps;
    // A button that is disabled loses the focus: it goes to the one that leads back, and not to nowhere.
    if (step === 0 && (focused === "first" || focused === "back")) byId("forth", HTMLElement).focus();
    if (step === steps && (focused === "forth" || focused === "last")) byId("back", HTMLElement).focus();
  }

  #to(step: number): void {
    const within = Math.max(0, Math.min(step, this.#steps));
    if (within !== this.#step) this.#go(within);
  }

  #key(event: KeyboardEvent): void {
    const { target, key } = event;
    const writing = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (writing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: this.#step + 1,
      ArrowLeft: this.#step - 1,
      Home: 0,
      End: this.#steps,
    };
    const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
    if (to === undefined) return;
    event.preventDefault();
    this.#to(to);
  }
}
