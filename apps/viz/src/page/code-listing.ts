/**
 * Lines of code of which only those in sight are elements. Lines that made nodes are buttons: one of them can be reached
 * with Tab, and arrows go on from there. The one with the focus stays an element when it is scrolled out of sight.
 */
import { type CodePart, type CodeRange, cutLine } from "../code-text.ts";
import { html } from "./dom.ts";

/** A line of the list. */
export interface CodeLine {
  /** From 1. */
  readonly line: number;
  /** Null where the text is not known. */
  readonly parts: readonly CodePart[] | null;
  /** How many nodes it made. */
  readonly made: number;
}

/** The line that is told of, and what in it was called. */
export interface CodeSpot {
  readonly line: number;
  readonly range: CodeRange | null;
}

/** The height of every line, in pixels; code.css has the same. */
const lineHeight = 26;
/** The width of the columns before the code, and the room behind them; code.css has the same. */
const besideCode = 140;
/** Lines beyond the edge of what is seen that are elements too. */
const beyond = 12;
/** Longer lines end with an ellipsis: no person wrote them. */
const longestLine = 400;

/** A list of lines in a box of its own that scrolls. */
export class CodeListing {
  readonly element: HTMLElement;
  readonly #choose: (line: number) => void;
  readonly #space: HTMLElement = html("div", { class: "code-space" });
  readonly #elements: Map<number, HTMLElement> = new Map();
  #lines: readonly CodeLine[] = [];
  /** The positions of the lines that are buttons. */
  #marked: readonly number[] = [];
  #active = -1;
  #spot: CodeSpot | null = null;

  /** `choose` hears of the line that is clicked, or entered with the keyboard. */
  constructor(choose: (line: number) => void) {
    this.#choose = choose;
    this.element = html("div", { class: "code-box", role: "group" }, this.#space);
    this.element.addEventListener("scroll", () => this.#render());
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("click", ({ target }) => {
      const element = target instanceof Element ? target.closest<HTMLElement>("button.code-line") : null;
      if (element !== null) this.#enter(Number(element.dataset.at));
    });
    new ResizeObserver(() => this.#render()).observe(this.element);
  }

  /** Shows the lines of another file. */
  show(name: string, lines: readonly CodeLine[]): void {
    this.element.setAttribute("aria-label", name);
    this.#lines = lines;
    this.#marked = lines.flatMap(({ made }, at) => (made > 0 ? at : []));
    this.#active = this.#marked[0] ?? -1;
    this.#spot = null;
    this.#space.style.height = `${lines.length * lineHeight}px`;
    const longest = lines.reduce((most, { parts }) => Math.max(most, lengthOf(parts ?? [])), 0);
    this.#space.style.minWidth = `calc(${Math.min(longest, longestLine) + 3}ch + ${besideCode}px)`;
    this.#space.replaceChildren();
    this.#elements.clear();
    this.element.scrollTo(0, 0);
    this.#render();
  }

  /** Highlights a line, brings it into sight and makes it the one that Tab leads to; null highlights none. */
  highlight(spot: CodeSpot | null): void {
    const before = this.#positionOf(this.#spot);
    this.#spot = spot;
    const at = this.#positionOf(spot);
    for (const position of [before, at]) this.#forget(position);
    if (at >= 0 && (this.#lines[at]?.made ?? 0) > 0) this.#active = at;
    if (at >= 0) this.#bringIn(at);
    this.#render();
    const mark = this.#elements.get(at)?.querySelector("mark");
    if (mark != null) this.#bringAcross(mark);
  }

  /** Sets the focus on the line that Tab leads to. */
  focus(): void {
    this.#elements.get(this.#active)?.focus({ preventScroll: true });
  }

  #positionOf(spot: CodeSpot | null): number {
    return spot === null ? -1 : this.#lines.findIndex(({ line }) => line === spot.line);
  }

  /** Has the element of a line made anew; the focus on it comes back in `#render`. */
  #forget(at: number): void {
    const element = this.#elements.get(at);
    if (element === undefined) return;
    const made = this.#elementOf(at);
    const had = element === document.activeElement;
    this.#elements.set(at, made);
    element.replaceWith(made);
    if (had) made.focus({ preventScroll: true });
  }

  /** Into the middle, if it is out of sight. */
  #bringIn(at: number): void {
    const { scrollTop, clientHeight } = this.element;
    const top = at * lineHeight;
    if (top >= scrollTop + lineHeight && top + 2 * lineHeight <= scrollTop + clientHeight) return;
    this.element.scrollTop = top - (clientHeight - lineHeight) / 2;
  }

  /** Scrolls sideways just so far that what was called is in sight beside the numbers. */
  #bringAcross(mark: HTMLElement): void {
    const [box, { left, right }] = [this.element.getBoundingClientRect(), mark.getBoundingClientRect()];
    const [low, high] = [box.left + besideCode, box.right - 24];
    if (right > high) this.element.scrollLeft += Math.min(right - high, left - low);
    else if (left < low) this.element.scrollLeft -= low - left;
  }

  #render(): void {
    const { scrollTop, clientHeight } = this.element;
    const had = this.element.contains(document.activeElement);
    const first = Math.max(0, Math.floor(scrollTop / lineHeight) - beyond);
    const last = Math.min(this.#lines.length, Math.ceil((scrollTop + clientHeight) / lineHeight) + beyond);
    const wanted = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
    if (this.#active >= 0 && this.#active < first) wanted.unshift(this.#active);
    if (this.#active >= last) wanted.push(this.#active);
    const keep = new Set(wanted);
    for (const [at, element] of this.#elements) {
      if (keep.has(at)) continue;
      element.remove();
      this.#elements.delete(at);
    }
    let before: HTMLElement | null = null;
    for (const at of wanted) {
      const known = this.#elements.get(at);
      const element: HTMLElement = known ?? this.#elementOf(at);
      if (element instanceof HTMLButtonElement) element.tabIndex = at === this.#active ? 0 : -1;
      // In the order in which they are read.
      if (known === undefined && before === null) this.#space.prepend(element);
      else if (known === undefined) before?.after(element);
      this.#elements.set(at, element);
      before = element;
    }
    if (had && !this.element.contains(document.activeElement)) this.focus();
  }

  #elementOf(at: number): HTMLElement {
    const { line = 0, parts = null, made = 0 } = this.#lines[at] ?? {};
    const now = this.#spot?.line === line;
    const content = [
      html("span", { class: "line-number" }, html("span", { class: "unseen" }, "Line "), String(line)),
      html("span", { class: "line-made" }, made === 0 ? "" : `${made} ${made === 1 ? "node" : "nodes"}`),
      codeOf(parts, now ? (this.#spot?.range ?? null) : null),
    ];
    const marks = { class: "code-line", "data-line": line, "data-at": at };
    const element =
      made === 0
        ? html("div", marks, ...content)
        : html("button", { ...marks, type: "button", tabindex: at === this.#active ? 0 : -1 }, ...content);
    if (now) element.setAttribute("aria-current", "true");
    element.style.top = `${at * lineHeight}px`;
    return element;
  }

  #enter(at: number): void {
    const { line } = this.#lines[at] ?? {};
    if (line === undefined) return;
    this.#active = at;
    this.#render();
    this.focus();
    this.#choose(line);
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const here = this.#marked.indexOf(this.#active);
    const end = this.#marked.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: Math.min(here + 1, end), ArrowUp: Math.max(here - 1, 0), Home: 0, End: end },
    };
    const to = Object.hasOwn(moves, event.key) ? this.#marked[moves[event.key] ?? 0] : undefined;
    if (to === undefined) return;
    event.preventDefault();
    // Home and End step the backward pass elsewhere.
    event.stopPropagation();
    this.#active = to;
    this.#bringIn(to);
    this.#render();
    this.focus();
  }
}

function lengthOf(parts: readonly CodePart[]): number {
  return parts.reduce((length, { text }) => length + text.length, 0);
}

function codeOf(parts: readonly CodePart[] | null, range: CodeRange | null): HTMLElement {
  const code = html("code", {});
  if (parts === null) return code;
  let left = longestLine;
  for (const { kind, text, inside } of cutLine(parts, range ?? { from: 0, to: 0 })) {
    if (left <= 0) break;
    const shown = text.length > left ? `${text.slice(0, left)}…` : text;
    left -= text.length;
    if (inside) code.append(html("mark", { class: kind ?? undefined }, shown));
    else code.append(kind === null ? shown : html("span", { class: kind }, shown));
  }
  return code;
}
