/**
 * A tree by the ARIA pattern, of which only the rows in sight are elements: one of them can be reached with Tab, arrows
 * go on from there, letters jump. The row that has the focus stays an element when it is scrolled out of sight.
 */
import { html } from "./dom.ts";

/** One row of a tree. */
export interface TreeRow {
  readonly key: string;
  /** What letters are compared with. */
  readonly title: string;
  /** 1 at the top. */
  readonly level: number;
  /** Null where there is nothing inside. */
  readonly open: boolean | null;
  /** The position of the row that contains this one; −1 at the top. */
  readonly parent: number;
  /** The position among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
}

/** What a tree asks and tells. */
export interface TreeEvents {
  /** Fills the element of the row at `at`, anew each time. */
  fill(element: HTMLElement, at: number): void;
  /** A row was clicked, or entered with the keyboard. */
  choose(at: number): void;
  /** A row shall be opened or closed. */
  toggle(at: number): void;
}

/** The height of every row, in pixels; outline.css has the same. */
export const treeRowHeight = 34;

/** Rows beyond the edge of what is seen that are elements too, so that scrolling does not flicker. */
const beyond = 8;

/** A tree in a box of its own that scrolls. */
export class TreeView {
  readonly element: HTMLElement;
  readonly #events: TreeEvents;
  readonly #space: HTMLElement = html("div", { role: "none", class: "tree-space" });
  readonly #elements: Map<string, HTMLElement> = new Map();
  #rows: readonly TreeRow[] = [];
  #positions: ReadonlyMap<string, number> = new Map();
  #active: string = "";

  constructor(label: string, events: TreeEvents) {
    this.#events = events;
    this.element = html("div", { role: "tree", class: "tree", "aria-label": label }, this.#space);
    this.element.addEventListener("scroll", () => this.#render(false));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#render(false)).observe(this.element);
  }

  /** Shows other rows. The focus stays on its row, or goes to the first if that is gone. */
  show(rows: readonly TreeRow[]): void {
    this.#rows = rows;
    this.#positions = new Map(rows.map(({ key }, at) => [key, at]));
    this.#space.style.height = `${rows.length * treeRowHeight}px`;
    if (!this.#positions.has(this.#active)) this.#active = rows[0]?.key ?? "";
    this.#render(true);
  }

  /** Fills the rows that are in sight anew. */
  refresh(): void {
    this.#render(true);
  }

  /** Makes a row the one that Tab leads to, and brings it into sight; a key that there is not is passed over. */
  activate(key: string): void {
    const at = this.#positions.get(key);
    if (at === undefined) return;
    this.#active = key;
    this.#scrollTo(at);
    this.#render(false);
  }

  /** Sets the focus on the row that Tab leads to. */
  focus(): void {
    this.#elements.get(this.#active)?.focus({ preventScroll: true });
  }

  #scrollTo(at: number): void {
    const { scrollTop, clientHeight } = this.element;
    const [top, bottom] = [at * treeRowHeight, (at + 1) * treeRowHeight];
    if (top < scrollTop) this.element.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.element.scrollTop = bottom - clientHeight;
  }

  #render(anew: boolean): void {
    const { scrollTop, clientHeight } = this.element;
    const hadFocus = this.element.contains(document.activeElement);
    const first = Math.max(0, Math.floor(scrollTop / treeRowHeight) - beyond);
    const last = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / treeRowHeight) + beyond);
    const wanted = new Set<number>();
    for (let at = first; at < last; at++) wanted.add(at);
    const active = this.#positions.get(this.#active);
    if (active !== undefined) wanted.add(active);
    this.#keep(wanted);
    let before: HTMLElement | null = null;
    for (const at of [...wanted].sort((a, b) => a - b)) before = this.#renderRow(at, anew, before);
    if (hadFocus && !this.element.contains(document.activeElement)) this.focus();
  }

  /** Takes away all elements but those of `wanted` rows that still stand in the order of the rows. */
  #keep(wanted: ReadonlySet<number>): void {
    let latest = -1;
    for (const element of [...this.#space.children]) {
      const key = element instanceof HTMLElement ? (element.dataset.key ?? "") : "";
      const at = this.#positions.get(key) ?? -1;
      if (wanted.has(at) && at > latest) latest = at;
      else {
        element.remove();
        this.#elements.delete(key);
      }
    }
  }

  #renderRow(at: number, anew: boolean, before: HTMLElement | null): HTMLElement | null {
    const row = this.#rows[at];
    if (row === undefined) return before;
    const known = this.#elements.get(row.key);
    const element = known ?? html("div", { role: "treeitem", class: "tree-row" });
    element.tabIndex = row.key === this.#active ? 0 : -1;
    if (known === undefined || anew) {
      element.dataset.key = row.key;
      element.style.top = `${at * treeRowHeight}px`;
      element.setAttribute("aria-level", String(row.level));
      element.setAttribute("aria-posinset", String(row.position));
      element.setAttribute("aria-setsize", String(row.siblings));
      if (row.open === null) element.removeAttribute("aria-expanded");
      else element.setAttribute("aria-expanded", String(row.open));
      this.#events.fill(element, at);
    }
    // In the order in which they are read.
    if (known === undefined && before === null) this.#space.prepend(element);
    else if (known === undefined) before?.after(element);
    if (known === undefined) this.#elements.set(row.key, element);
    return element;
  }

  #click({ target }: MouseEvent): void {
    const element = target instanceof Element ? target.closest<HTMLElement>(".tree-row") : null;
    const at = this.#positions.get(element?.dataset.key ?? "");
    if (at === undefined) return;
    this.#move(at);
    const onTwisty = target instanceof Element && target.closest(".twisty") !== null;
    if (onTwisty && this.#rows[at]?.open != null) this.#events.toggle(at);
    else this.#events.choose(at);
  }

  #move(at: number): void {
    const row = this.#rows[Math.max(0, Math.min(at, this.#rows.length - 1))];
    if (row === undefined) return;
    this.activate(row.key);
    this.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.#positions.get(this.#active) ?? -1;
    const row = this.#rows[at];
    if (row === undefined) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / treeRowHeight) - 1);
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.#rows.length - 1 },
      ...{ PageDown: at + page, PageUp: at - page },
    };
    const { key } = event;
    if (Object.hasOwn(moves, key)) this.#move(moves[key] ?? at);
    else if (key === "ArrowRight") this.#inward(at, row);
    else if (key === "ArrowLeft") this.#outward(at, row);
    else if (key === "Enter" || key === " ") this.#events.choose(at);
    else if (/^[\p{L}\p{N}]$/u.test(key)) this.#jump(at, key);
    else return;
    event.preventDefault();
    // The arrows step the backward pass elsewhere.
    event.stopPropagation();
  }

  #inward(at: number, { open }: TreeRow): void {
    if (open === false) this.#events.toggle(at);
    else if (open === true) this.#move(at + 1);
  }

  #outward(at: number, { open, parent }: TreeRow): void {
    if (open === true) this.#events.toggle(at);
    else if (parent >= 0) this.#move(parent);
  }

  /** To the next row, round the end, whose title begins with `letter`. */
  #jump(at: number, letter: string): void {
    const count = this.#rows.length;
    for (let i = 1; i <= count; i++) {
      const to = (at + i) % count;
      if (!this.#rows[to]?.title.toLowerCase().startsWith(letter.toLowerCase())) continue;
      this.#move(to);
      return;
    }
  }
}
