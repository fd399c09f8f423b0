/** A menu behind a button, by the ARIA pattern: arrows move in it, letters jump, Escape and Tab close it. */
import { html } from "./dom.ts";

/** One entry of a menu. */
export interface MenuItem {
  /** The id of its element, for tests and links; unique on the page. */
  readonly id: string;
  readonly title: string;
  /** A few words below the title. */
  readonly detail?: string;
  /** False while it can't be done. Default: true. */
  enabled?(): boolean;
  run(): unknown;
}

/**
 * Makes `button` open a menu of `items`, which stands right behind it.
 *
 * @param run what is done with the item that is chosen; the focus is on the button again by then.
 */
export function menuButton(
  button: HTMLButtonElement,
  items: readonly MenuItem[],
  run: (item: MenuItem) => void,
): void {
  new Menu(button, items, run);
}

class Menu {
  readonly #button: HTMLButtonElement;
  readonly #items: readonly MenuItem[];
  readonly #run: (item: MenuItem) => void;
  readonly #list: HTMLElement;
  readonly #entries: readonly HTMLElement[];

  constructor(button: HTMLButtonElement, items: readonly MenuItem[], run: (item: MenuItem) => void) {
    this.#button = button;
    this.#items = items;
    this.#run = run;
    this.#entries = items.map((item) => this.#entry(item));
    this.#list = html(
      "div",
      { role: "menu", class: "menu", "aria-labelledby": button.id, hidden: true },
      ...this.#entries,
    );
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.after(this.#list);
    button.addEventListener("click", () => (this.#list.hidden ? this.#open(0) : this.#close()));
    button.addEventListener("keydown", (event) => this.#buttonKey(event));
    this.#list.addEventListener("keydown", (event) => this.#listKey(event));
    document.addEventListener("pointerdown", ({ target }) => {
      const outside = target instanceof Node && !this.#list.contains(target) && !button.contains(target);
      if (outside) this.#close();
    });
    this.#list.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.#list.contains(relatedTarget)) this.#close();
    });
  }

  #entry(item: MenuItem): HTMLElement {
    const { id, title, detail } = item;
    const made = html("div", { role: "menuitem", id, tabindex: -1 }, title);
    if (detail !== undefined) made.append(html("span", {}, detail));
    made.addEventListener("click", () => this.#choose(item));
    return made;
  }

  #open(at: number): void {
    for (const [i, item] of this.#items.entries()) {
      this.#entries[i]?.setAttribute("aria-disabled", String(item.enabled?.() === false));
    }
    this.#list.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#entries.at(at)?.focus();
  }

  #close(): void {
    this.#list.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
  }

  #choose(item: MenuItem): void {
    if (item.enabled?.() === false) return;
    this.#button.focus();
    this.#close();
    this.#run(item);
  }

  #buttonKey(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    this.#open(event.key === "ArrowDown" ? 0 : -1);
  }

  #listKey(event: KeyboardEvent): void {
    const { key } = event;
    if (key === "Tab") {
      this.#close();
      return;
    }
    const at = this.#entries.findIndex((entry) => entry.matches(":focus"));
    const item = this.#items[at];
    const last = this.#entries.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: last,
    };
    // Nothing that is pressed in an open menu steps the backward pass behind it.
    event.stopPropagation();
    if (key === "Escape") {
      this.#button.focus();
      this.#close();
    } else if ((key === "Enter" || key === " ") && item !== undefined) this.#choose(item);
    else if (Object.hasOwn(moves, key)) this.#focus(moves[key] ?? 0);
    else if (key.length === 1 && !event.ctrlKey && !event.metaKey) this.#focusLetter(at, key);
    else return;
    event.preventDefault();
  }

  #focus(at: number): void {
    this.#entries[(at + this.#entries.length) % this.#entries.length]?.focus();
  }

  /** To the next item, from `at` round, whose title begins with `letter`. */
  #focusLetter(at: number, letter: string): void {
    const count = this.#items.length;
    for (let i = 1; i <= count; i++) {
      const title = this.#items[(at + i) % count]?.title ?? "";
      if (!title.toLowerCase().startsWith(letter.toLowerCase())) continue;
      this.#focus(at + i);
      return;
    }
  }
}
